"""Times NPR from files to logits in Python and writes JSON: npr_peer.py eager|onnx THREADS MODEL OUT FILE…

Pictures are decoded by Pillow in as many threads as there are cores; the network takes batches of 8."""
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

BATCH = 8
MEAN = np.array([0.485, 0.456, 0.406], np.float32)
DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)


def normalised(path):
    """x/255 normalised, channels first, as torchvision's ToTensor and Normalize give it."""
    with Image.open(path) as picture:
        levels = np.asarray(picture.convert("RGB"), np.float32)
    return ((levels / 255 - MEAN) / DEVIATION).transpose(2, 0, 1)


def eager(model, threads):
    import torch
    from safetensors.torch import load_file

    sys.path.insert(0, str(Path(__file__).parents[2] / "packages" / "detector-npr" / "scripts"))
    import importlib

    network = importlib.import_module("record-proof").Npr().eval()
    network.load_state_dict({**network.state_dict(), **load_file(model)})
    torch.set_num_threads(threads)

    def run(batch):
        x = torch.from_numpy(batch)
        half = torch.nn.functional.interpolate(x, scale_factor=0.5, mode="nearest", recompute_scale_factor=True)
        residual = x - torch.nn.functional.interpolate(half, scale_factor=2, mode="nearest", recompute_scale_factor=True)
        with torch.no_grad():
            return network(residual * 2 / 3).flatten().tolist()

    return run, f"torch {torch.__version__}"


def onnx(model, threads):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def run(batch):
        anchors = batch[:, :, ::2, ::2].repeat(2, axis=2).repeat(2, axis=3)
        residual = (batch - anchors) * np.float32(2 / 3)
        return session.run(None, {"residual": residual})[0].flatten().tolist()

    return run, f"onnxruntime {onnxruntime.__version__}"


def main():
    mode, threads, model, out, *files = sys.argv[1:]
    threads = int(threads)
    run, detail = {"eager": eager, "onnx": onnx}[mode](model, threads)
    with ThreadPoolExecutor(threads) as pool:

        def judge(some):
            logits = []
            batches = [some[i : i + BATCH] for i in range(0, len(some), BATCH)]
            ahead = [pool.submit(normalised, path) for path in batches[0]]
            for i in range(len(batches)):
                batch = np.stack([future.result() for future in ahead])
                ahead = [pool.submit(normalised, path) for path in (batches[i + 1] if i + 1 < len(batches) else [])]
                logits += run(batch)
            return logits

        judge(files[:BATCH])
        start, used = time.perf_counter(), time.process_time()
        logits = judge(files)
        seconds, cpu = ((now - then) / len(files) for now, then in ((time.perf_counter(), start), (time.process_time(), used)))
    Path(out).write_text(json.dumps({"seconds": seconds, "cpuSeconds": cpu, "logits": logits, "detail": detail}))


if __name__ == "__main__":
    main()
