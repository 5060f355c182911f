"""Pictures and planes of samples."""
import numpy as np
from scipy import ndimage

from .common import every, image, plane


def area(x, h, w):
    return x.reshape(h, x.shape[0] // h, w, x.shape[1] // w, -1).mean((1, 3))


weights = np.array([0.299, 0.587, 0.114])
anchors = image[::2, ::2].repeat(2, 0).repeat(2, 1)
npr = ((image - anchors) / 255.0 / np.array([0.229, 0.224, 0.225]) * 2 / 3).transpose(2, 0, 1)
laplace = ndimage.convolve(plane, np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]))[1:-1, 1:-1]

want = {
    "colour": every(image @ weights, 37),
    "crop": every(plane[3:8, 5:15], 7),
    "padReflect": every(np.pad(image, ((0, 13), (0, 9), (0, 0)), "reflect"), 151),
    "nprResidual": every(npr, 97),
    "laplacianVariance": every(laplace.var(), 1),
    "thumbnail": every(np.floor(area(image, 10, 12) + 0.5), 31),
}
