"""Marks photographs with the published package and does to them what happens to pictures on their way: folders for measure-watermark.mjs.

    pip install pillow==13.0.0 numpy opencv-python-headless==5.0.0.93 PyWavelets==1.9.0 && pip install --no-deps invisible-watermark==0.2.0
    python mark-pictures.py DIR OUT [NUMBER]

Each photograph (its middle, up to 512 samples a side) carries each message once. OUT/<what was done>/<message>-<number>.png|jpg, and OUT/package.json
with how many bits the package's own decoder reads of each.
"""

import importlib.util
import json
import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageFilter

folder = next(Path(p) for p in importlib.util.find_spec("imwatermark").submodule_search_locations)
spec = importlib.util.spec_from_file_location("maxDct", folder / "maxDct.py")
maxDct = importlib.util.module_from_spec(spec)
spec.loader.exec_module(maxDct)

word = lambda text: list(map(int, np.unpackbits(np.frombuffer(text, np.uint8))))
digits = lambda text: list(map(int, text))
MESSAGES = {
    "sd1": word(b"StableDiffusionV1"),
    "sd2": word(b"SDV2"),
    "sdxl": digits("101100111110110010010000011110111011000110011110"),
    "flux": digits("1010101111111010000111100111001111010100101110"),
}


def resized(share):
    return lambda image: image.resize((round(image.width * share), round(image.height * share)), Image.Resampling.LANCZOS)


def cropped(left, top, right=0, bottom=0):
    return lambda image: image.crop((left, top, image.width - right, image.height - bottom))


same = lambda image: image
ATTACKS = {
    "stored": (same, {}),
    "blur-0.7": (lambda image: image.filter(ImageFilter.GaussianBlur(0.7)), {}),
    **{f"jpeg-{quality}-444": (same, {"quality": quality, "subsampling": 0}) for quality in (95, 90, 80, 70, 50)},
    **{f"jpeg-{quality}-420": (same, {"quality": quality, "subsampling": 2}) for quality in (95, 90, 80)},
    "webp-90": (same, {"webp": 90}),
    "resize-0.9": (resized(0.9), {}),
    "resize-0.5-and-back": (lambda image: resized(0.5)(image).resize(image.size, Image.Resampling.LANCZOS), {}),
    "crop-8-rows-and-columns": (cropped(8, 8), {}),
    "crop-64-right-below": (cropped(0, 0, 64, 64), {}),
    "crop-3-5": (cropped(3, 5), {}),
}

source, out = Path(sys.argv[1]), Path(sys.argv[2])
number = int(sys.argv[3]) if len(sys.argv) > 3 else 20
files = sorted(path for path in source.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp"))
rng = np.random.default_rng(1)
rng.shuffle(files)
table, made = {}, 0
for path in files:
    image = Image.open(path).convert("RGB")
    width, height = min(512, image.width), min(512, image.height)
    if width * height < 256 * 256 or made == number:
        continue
    left, top = (image.width - width) // 2, (image.height - height) // 2
    bgr = np.ascontiguousarray(np.asarray(image.crop((left, top, left + width, top + height)))[:, :, ::-1])
    for name, bits in MESSAGES.items():
        marked = Image.fromarray(np.ascontiguousarray(maxDct.EmbedMaxDct(bits, wmLen=len(bits)).encode(bgr.copy())[:, :, ::-1]))
        for attack, (change, how) in ATTACKS.items():
            (out / attack).mkdir(parents=True, exist_ok=True)
            file = out / attack / f"{name}-{made:03d}.{'webp' if 'webp' in how else 'jpg' if how else 'png'}"
            changed = change(marked)
            changed.save(file, "WEBP" if "webp" in how else "JPEG" if how else "PNG", **({"quality": how["webp"]} if "webp" in how else how))
            stored = np.ascontiguousarray(np.asarray(Image.open(file).convert("RGB"))[:, :, ::-1])
            if stored.shape[0] * stored.shape[1] >= 256 * 256:
                read = np.asarray(maxDct.EmbedMaxDct(wmLen=len(bits)).decode(stored)).ravel()
                table[f"{attack}/{file.name}"] = int(sum(int(a) == b for a, b in zip(read, bits)))
    made += 1
(out / "package.json").write_text(json.dumps(table, indent=1))
print(f"{made} photographs, {len(table)} pictures")
