"""Compiles CUDA C++ to PTX with NVRTC, which needs neither a card nor a driver: nvrtc.py LIBRARY FOLDER OUT"""

import ctypes
import pathlib
import re
import sys

# Pascal and newer. The version is lowered to what the oldest driver reads (CUDA 11.4); ptxas checks that nothing newer is used.
ARCHITECTURE = "compute_60"
VERSION = "7.4"


def text(library, kind, program):
    size = ctypes.c_size_t()
    getattr(library, f"nvrtcGet{kind}Size")(program, ctypes.byref(size))
    buffer = ctypes.create_string_buffer(size.value)
    getattr(library, f"nvrtcGet{kind}")(program, buffer)
    return buffer.value.decode()


def compile_file(library, file):
    source = file.read_text()
    options = [f"--gpu-architecture={ARCHITECTURE}", "--std=c++17", f"--include-path={file.parent}", "--device-as-default-execution-space"]
    first = source.split("\n", 1)[0]
    if first.startswith("// nvrtc:"):
        options += first.split()[2:]
    program = ctypes.c_void_p()
    library.nvrtcCreateProgram(ctypes.byref(program), source.encode(), file.name.encode(), 0, None, None)
    encoded = [option.encode() for option in options]
    if library.nvrtcCompileProgram(program, len(encoded), (ctypes.c_char_p * len(encoded))(*encoded)) != 0:
        sys.exit(f"{file.name} does not compile\n{text(library, 'ProgramLog', program)}")
    return re.sub(r"(?m)^\.version .*$", f".version {VERSION}", text(library, "PTX", program))


def main(library, folder, out):
    nvrtc = ctypes.CDLL(library)
    for file in sorted(pathlib.Path(folder).glob("*.cu")):
        (pathlib.Path(out) / f"{file.stem}.ptx").write_text(compile_file(nvrtc, file))


if __name__ == "__main__":
    main(*sys.argv[1:])
