"""Writes test/fixtures: checkpoints of a small CLIP in every published layout, and what torchvision and open_clip answer for a picture made by a formula.

    python make-fixtures.py          (needs torch, torchvision, open_clip_torch)
"""

import json
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch
import torchvision
from PIL import Image
from torchvision import transforms

from record_proofs import seed, vision

OUT = Path(__file__).parent.parent / "test" / "fixtures"
SIZES = {"side": 16, "patch": 8, "width": 16, "blocks": 1, "heads": 2, "features": 6}
IMAGENET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
CLIP = ([0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711])


def picture(width, height):
    y, x, c = np.mgrid[0:height, 0:width, 0:3]
    return Image.fromarray(((7 * x + 13 * y + 50 * c + (x * y) % 31) % 256).astype(np.uint8))


def logit(network, image, side, normalisation):
    steps = transforms.Compose([transforms.CenterCrop(side), transforms.ToTensor(), transforms.Normalize(*normalisation)])
    with torch.no_grad():
        return float(network.double()(steps(image).double()[None]).flatten()[0])


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        resnet = seed(torchvision.models.resnet50(weights=None, num_classes=1))
        encoder = seed(vision(SIZES))
        # Values that half precision holds, so that all layouts hold the same numbers.
        for value in encoder.state_dict().values():
            value.copy_(value.half().float())
    weight, bias = torch.linspace(-1, 1, SIZES["features"])[None], torch.tensor([0.25])
    visual = OrderedDict((f"visual.{name}", value.clone()) for name, value in encoder.state_dict().items())
    text = {"token_embedding.weight": torch.zeros(3, 2), "positional_embedding": torch.zeros(3, 2), "logit_scale": torch.tensor(1.0), "text_projection": torch.zeros(2, 2)}
    clip = OrderedDict([*text.items(), *visual.items()])
    trained = OrderedDict([*((f"model.{name}", value) for name, value in clip.items()), ("fc.weight", weight), ("fc.bias", bias)])
    fc = torch.nn.Linear(SIZES["features"], 1)
    optimiser = torch.optim.AdamW(fc.parameters())
    fc(torch.ones(1, SIZES["features"])).sum().backward()
    optimiser.step()
    files = {
        "head.pth": OrderedDict(weight=weight, bias=bias),
        "trained.pth": {"model": trained, "optimizer": optimiser.state_dict(), "total_steps": 7},
        "clip-half.pth": OrderedDict((name, value.half()) for name, value in clip.items()),
        "visual.pth": OrderedDict((name.removeprefix("visual."), value) for name, value in visual.items()),
        "one-missing.pth": OrderedDict((name, value) for name, value in clip.items() if name != "visual.ln_post.bias"),
        "wide-head.pth": OrderedDict(weight=torch.zeros(1, 7), bias=bias),
    }
    for name, value in files.items():
        torch.save(value, OUT / name)
    head = torch.nn.Linear(SIZES["features"], 1)
    head.load_state_dict({"weight": weight, "bias": bias})
    univfd = torch.nn.Sequential(encoder, head)
    answers = {
        "sizes": SIZES,
        "cnnspot": {"width": 260, "height": 233, "logit": logit(resnet, picture(260, 233), 224, IMAGENET)},
        "univfd": {"width": 31, "height": 20, "logit": logit(univfd, picture(31, 20), SIZES["side"], CLIP)},
    }
    (OUT / "answers.json").write_text(json.dumps(answers, indent=2) + "\n")


if __name__ == "__main__":
    main()
