"""What open_clip's ViT-L/14 answers with the weights that full-size.mjs wrote: python full-size.py FOLDER (needs torch, open_clip_torch, safetensors)"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file

from record_proofs import vision

folder = Path(sys.argv[1])
encoder = vision({"side": 224, "patch": 14, "width": 1024, "blocks": 24, "heads": 16, "features": 768})
state = load_file(folder / "clip.safetensors")
encoder.load_state_dict({name.removeprefix("visual."): value for name, value in state.items()})
del state
head = load_file(folder / "head.safetensors")
with torch.no_grad():
    features = encoder.eval()(load_file(folder / "input.safetensors")["picture"])
    logit = features.double() @ head["weight"].double().T + head["bias"].double()
(folder / "answer.json").write_text(json.dumps({"features": features.flatten().tolist(), "logit": logit.flatten().tolist()}))
