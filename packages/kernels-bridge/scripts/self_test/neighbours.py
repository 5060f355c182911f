"""Distances between rows and their principal axes."""
import numpy as np
from scipy.spatial.distance import cdist

from .common import every, plane

d = cdist(plane[:5], plane)
order = np.argsort(d, axis=1, kind="stable")[:, 1:4]
gram = plane[:6] @ plane[:6].T
centred = plane - plane.mean(0)
want = {
    "distances": every(d, 7),
    "nearest": every(order, 1),
    "symmetricEigen": every(np.linalg.eigvalsh(gram)[::-1], 1),
    "svd": every(np.linalg.svd(plane[:6], compute_uv=False), 1),
    "principalAxes": every(np.linalg.svd(centred, compute_uv=False)[:6] ** 2 / 19, 1),
}
