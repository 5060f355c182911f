"""What the vectors of all themes are made from: a small ramp as a plane and as a picture."""
import numpy as np

H, W = 20, 24
index = np.arange(H * W)
plane = ((index * 37) % 101 - 50.0).reshape(H, W)
image = ((np.arange(H * W * 3) * 89) % 256).reshape(H, W, 3)


def every(values, step):
    return [float(f"{v:.9g}") for v in np.asarray(values, float).ravel()[::step]]
