"""Times what Python users have for texture, neighbouring pixels, masked spectra, filters and neighbours:
texture_peer.py '{"grey": 256, …}' THREADS FILE

mahotas, torch, OpenCV, scikit-image and SciPy; of those that are not installed the rows are missing, and stderr says so.
"""
import importlib
import json
import sys

import numpy as np

from scipy_peer import best

sizes, threads = json.loads(sys.argv[1]), int(sys.argv[2])
grey, mask, picture, (count, width) = sizes["grey"], sizes["mask"], sizes["picture"], sizes["rows"]
pictures, (npr_count, npr_side) = sizes["pictures"], sizes["npr"]
times, versions = {}, [f"NumPy {np.__version__}"]


def library(name):
    try:
        found = importlib.import_module(name)
    except ImportError as reason:
        print(f"SKIPPED: rows of {name}: {reason}", file=sys.stderr)
        return None
    versions.append(f"{name} {getattr(found, '__version__', '')}")
    return found


def numbers(n):
    return np.arange(n) * 7919 % 256


def scattered(n):
    """Numbers 0…255 without a pattern."""
    i = np.arange(n, dtype=np.uint32)
    mixed = i * np.uint32(0x9E3779B1)
    return (((mixed ^ (mixed >> 15)) * np.uint32(0x85EBCA6B)) >> 24).astype(float) + np.arange(n) / n


def time(name, call):
    times[name] = best(call)


levels = numbers(grey * grey).astype(np.uint8).reshape(grey, grey)
batch = numbers(pictures * picture * picture * 3).astype(np.uint8).reshape(pictures, picture, picture, 3)
each = f"{pictures} x {picture}"
if mahotas := library("mahotas"):
    importlib.import_module("mahotas.features")
    fingerprint = np.where(levels < 128, 0, levels >> 3).astype(np.uint8)
    time(f"haralick {grey}", lambda: mahotas.features.haralick(levels).mean(0))
    time(f"haralick of a fingerprint {grey}", lambda: mahotas.features.haralick(fingerprint).mean(0))
if cv2 := library("cv2"):
    cv2.setNumThreads(threads)
    of_all = lambda filtered: lambda: [filtered(image) for image in batch]
    time(f"gaussianBlur 9 {each}", of_all(lambda image: cv2.GaussianBlur(image, (9, 9), 4)))
    for side in [3, 5, 7, 15]:
        time(f"medianFilter {side} {each}", of_all(lambda image: cv2.medianBlur(image, side)))
    time(f"bilateralFilter 7 {each}", of_all(lambda image: cv2.bilateralFilter(image, 7, 40, 2)))
    time(f"resize cubic {each}", of_all(lambda image: cv2.resize(image, (picture, picture - 10), interpolation=cv2.INTER_CUBIC)))
if library("skimage"):
    transform = importlib.import_module("skimage.transform")
    shrink = lambda image: transform.resize(image, (128, 128), order=1, mode="reflect", anti_aliasing=True, preserve_range=True).clip(0, 255).astype(np.uint8)
    time(f"resize linear-antialiased {each}", lambda: [shrink(image) for image in batch])
random = np.random.Generator(np.random.Philox(1))
time(f"normalNoise {each}", lambda: random.standard_normal(batch.shape, dtype=np.float32))
if library("scipy"):
    distance = importlib.import_module("scipy.spatial.distance")
    linalg = importlib.import_module("scipy.linalg")
    features = scattered(count * width).reshape(count, width)

    def nearest():
        squares = (features**2).sum(1)
        d = squares[:, None] + squares - 2 * features @ features.T
        np.fill_diagonal(d, np.inf)
        near = np.argpartition(d, 5, axis=1)[:, :5]
        return np.take_along_axis(near, np.argsort(np.take_along_axis(d, near, 1), 1), 1)

    time(f"nearest 5 of {count} x {width}", nearest)
    time(f"distances {count} x {width}", lambda: distance.cdist(features, features))
    square = scattered(300 * 300).reshape(300, 300)
    time("symmetricEigen 300", lambda: linalg.eigh(square))
    time("svd 300", lambda: linalg.svd(square, full_matrices=False))
    fft = importlib.import_module("scipy.fft")
    planes = (numbers(3 * mask * mask) * -0.01).astype(np.float32).reshape(3, mask, mask)
    time(f"centredLogSpectrum 3 x {mask}", lambda: np.log(np.abs(fft.fftshift(fft.fft2(planes, norm="ortho"), axes=(1, 2))) + 1e-10))
if torch := library("torch"):
    torch.set_num_threads(threads)
    deviation = torch.tensor([0.229, 0.224, 0.225]).reshape(1, 3, 1, 1)
    rgb = numbers(npr_count * npr_side * npr_side * 3).astype(np.uint8).reshape(npr_count, npr_side, npr_side, 3)
    interpolate = torch.nn.functional.interpolate

    def npr():
        """As published: normalised, minus itself at half the size and back, nearest."""
        with torch.no_grad():
            x = torch.from_numpy(rgb).permute(0, 3, 1, 2).float().div(255).sub(0.45).div(deviation)
            half = interpolate(x, scale_factor=0.5, mode="nearest", recompute_scale_factor=True)
            return (x - interpolate(half, scale_factor=2, mode="nearest", recompute_scale_factor=True)) * (2 / 3)

    time(f"nprResidual {npr_count} x {npr_side}", npr)
    plane = lambda scale: torch.tensor((numbers(3 * mask * mask) * scale).astype(np.float32).reshape(1, 3, mask, mask))
    spectra, weights, reference = plane(-0.01), plane(1 / 255), plane(0.01)
    logits = weights.clone().requires_grad_()
    learned = reference.clone().requires_grad_()
    mixing = torch.tensor([[1, 0.1, 0], [0, 1, 0.1], [0.1, 0, 1]]).reshape(3, 3, 1, 1)
    norm = torch.nn.BatchNorm2d(3)
    box = torch.full((3, 1, 3, 3), 1 / 9)

    def similarity(masks, pattern):
        v = norm(torch.nn.functional.conv2d(spectra, mixing) * masks).flatten(2)
        r = (pattern - pattern.mean((2, 3), keepdim=True)).flatten(2)
        return torch.nn.functional.cosine_similarity(v, r, dim=2).mean()

    def inference():
        with torch.no_grad():
            return similarity(weights, reference)

    def training():
        logits.grad = learned.grad = None
        masks = torch.sigmoid(torch.nn.functional.conv2d(logits, box, padding=1, groups=3))
        torch.nn.functional.softplus(-similarity(masks, learned)).backward()

    norm.eval()
    time(f"maskSimilarity {mask}", inference)
    norm.train()
    time(f"maskGradients {mask}", training)
times["detail"] = ", ".join(versions)
with open(sys.argv[3], "w") as file:
    json.dump(times, file)
