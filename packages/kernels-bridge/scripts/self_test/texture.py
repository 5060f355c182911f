"""Texture and colour statistics."""
import numpy as np
from rich_model import rich_model

from .common import H, W, every, image, plane

levels = np.abs(plane).astype(int) % 7


def haralick(p):
    """Three features that need the whole table: energy, contrast, entropy; of pairs to the right."""
    counts = np.zeros((7, 7))
    np.add.at(counts, (p[:, :-1].ravel(), p[:, 1:].ravel()), 1)
    share = (counts + counts.T) / (2 * counts.sum())
    i, j = np.indices((7, 7))
    used = share[share > 0]
    return [(share**2).sum(), ((i - j) ** 2 * share).sum(), -(used * np.log2(used)).sum()]


def codes():
    """Shares of red and green and blue all above (code 7) three times in a row, beside the four neighbours."""
    inner = image[1:-1, 1:-1]
    total = 0
    for other in [image[1:-1, 2:], image[1:-1, :-2], image[2:, 1:-1], image[:-2, 1:-1]]:
        full = (inner > other).all(-1)
        total += (full[:, :-2] & full[:, 1:-1] & full[:, 2:]).mean() + (full[:-2] & full[1:-1] & full[2:]).mean()
    return total


r, g, b = (image[..., c] for c in range(3))
want = {
    "quantise": every(np.floor((plane / 50).clip(0, 1) * 255), 37),
    "haralick": [float(f"{v:.9g}") for v in haralick(levels)],
    "colourPlanes": every(np.floor(128 + (-37.797 * r - 74.203 * g + 112 * b) / 255 + 0.5), 37),
    "csd": [float(f"{codes():.9g}"), 40.0],
    # The first histogram.
    "richModel": every(rich_model(image, "full")[:169], 1),
}
