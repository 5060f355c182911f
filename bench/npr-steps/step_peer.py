"""Times a training step of the NPR network in PyTorch, float32, on the processor: step_peer.py BATCH SIDE STEPS [THREADS]
Prints the best wall and processor seconds a step as JSON."""
import importlib
import json
import sys
import time
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parents[2] / "packages" / "detector-npr" / "scripts"))


def main():
    batch, side, steps, *threads = map(int, sys.argv[1:])
    if threads:
        torch.set_num_threads(threads[0])
    network = importlib.import_module("record-proof").Npr().train()
    optimizer = torch.optim.Adam(network.parameters(), lr=2e-4)
    loss_of = torch.nn.BCEWithLogitsLoss()
    labels = (torch.arange(batch) % 2).float()
    best = [float("inf"), float("inf")]
    for _ in range(steps + 1):
        x = torch.rand(batch, 3, side, side) - 0.5
        start, used = time.perf_counter(), time.process_time()
        optimizer.zero_grad()
        loss_of(network(x).flatten(), labels).backward()
        optimizer.step()
        best = [min(best[0], time.perf_counter() - start), min(best[1], time.process_time() - used)]
    print(json.dumps({"seconds": best[0], "cpuSeconds": best[1], "detail": f"torch {torch.__version__}"}))


if __name__ == "__main__":
    main()
