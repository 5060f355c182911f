"""Writes src/self-test/*-vectors.ts: what each kernel must give on a small ramp, in float64 with NumPy and SciPy.

python scripts/self-test-vectors.py      (numpy, scipy, PyWavelets)

A theme is a module of self_test/ with a dictionary `want`; its file is named after it.
"""
import importlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
# Where the formulas of noise stand that the fixtures are made with too.
sys.path.insert(0, str(HERE.parents[1] / "kernels-conformance" / "fixtures"))
for module in sorted((HERE / "self_test").glob("*.py")):
    if module.stem == "common":
        continue
    want = importlib.import_module(f"self_test.{module.stem}").want
    lines = [f"  {name}: {json.dumps(values)}," for name, values in want.items()]
    (HERE.parent / "src" / "self-test" / f"{module.stem}-vectors.ts").write_text(
        "// Written by scripts/self-test-vectors.py (NumPy, SciPy, float64); not by hand.\n"
        "// biome-ignore format: generated\n"
        "export const vectors = {\n" + "\n".join(lines) + "\n} as const;\n"
    )
