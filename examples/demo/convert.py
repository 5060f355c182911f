"""Writes ONNX graphs for weights that packages hold in other forms (tfjs layers models, PyTorch state dicts)."""
import json, math, pickle, zipfile
from pathlib import Path
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

_DTYPES = {"FloatStorage": np.float32, "HalfStorage": np.float16, "LongStorage": np.int64}


class _Storage:
    """Stands for torch.FloatStorage and its like inside a pickle."""
    def __init__(self, name):
        self.dtype = _DTYPES[name]


class _Dict(dict):
    """A dict that may carry attributes, as checkpoints do."""


class _Inert:
    """Stands for every other class that a checkpoint names, so no foreign code runs."""
    def __init__(self, *args, **kwargs): pass
    def __call__(self, *args, **kwargs): return self
    def __setstate__(self, state): pass


def _tensor(storage, offset, size, stride, *_):
    flat = storage[offset:]
    return np.lib.stride_tricks.as_strided(flat, size, [s * flat.itemsize for s in stride]).copy()


class _Unpickler(pickle.Unpickler):
    def __init__(self, file, storage):
        super().__init__(file)
        self.persistent_load = storage

    def find_class(self, module, name):
        if name in _DTYPES:
            return _Storage(name)
        if name == "_rebuild_tensor_v2":
            return _tensor
        return _Dict if (module, name) == ("collections", "OrderedDict") else _Inert


def read_state_dict(path: Path) -> dict:
    """{name: array} of a PyTorch checkpoint in its zip form, without PyTorch."""
    with zipfile.ZipFile(path) as archive:
        index = next(n for n in archive.namelist() if n.endswith("data.pkl"))
        root = index.removesuffix("data.pkl")
        storage = lambda pid: np.frombuffer(archive.read(f"{root}data/{pid[2]}"), pid[1].dtype)
        with archive.open(index) as file:
            return _Unpickler(file, storage).load()


def read_tfjs(folder: Path) -> tuple[list, str, dict]:
    """Layers, output layer and {name: array} of a tfjs layers model; 8-bit weights are scaled back to float."""
    model = json.loads((folder / "model.json").read_text())
    weights = {}
    for group in model["weightsManifest"]:
        data, at = b"".join((folder / p).read_bytes() for p in group["paths"]), 0
        for entry in group["weights"]:
            packed = entry.get("quantization") or {}
            dtype = np.dtype(packed.get("dtype", entry["dtype"]))
            array = np.frombuffer(data, dtype, math.prod(entry["shape"]), at).reshape(entry["shape"])
            at += array.nbytes
            if "scale" in packed:
                array = array.astype(np.float32) * packed["scale"] + packed["min"]
            weights[entry["name"]] = array.astype(np.float32)
    config = model["modelTopology"]
    config = config.get("model_config", config)["config"]
    return config["layers"], config["output_layers"][0][0], weights


class Graph:
    """Collects nodes; its input is "x", float, 1 x 3 x height x width."""
    def __init__(self):
        self.nodes, self.constants, self.count = [], [], 0

    def constant(self, array) -> str:
        self.count += 1
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), f"c{self.count}"))
        return f"c{self.count}"

    def op(self, kind, *inputs, **attributes) -> str:
        self.count += 1
        self.nodes.append(helper.make_node(kind, list(inputs), [f"t{self.count}"], **attributes))
        return f"t{self.count}"

    def conv(self, x, weight, bias, kind="Conv", **attributes) -> str:
        return self.op(kind, x, self.constant(weight), *([] if bias is None else [self.constant(bias)]), **attributes)

    def save(self, path: Path, output: str):
        value = lambda name: helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 3, None, None])
        graph = helper.make_graph(self.nodes, "net", [value("x")], [value(output)], self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
        onnx.checker.check_model(model)
        onnx.save(model, path)


def tfjs_to_onnx(folder: Path, path: Path):
    """Conv2D, Activation, Concatenate, Add, UpSampling2D, PixelShuffle and MultiplyBeta layers."""
    layers, output, weights = read_tfjs(folder)
    graph, values = Graph(), {}
    for layer in layers:
        config, kind, name = layer["config"], layer["class_name"], layer["name"]
        if kind == "InputLayer":
            values[name] = "x"
            continue
        inputs = [values[i[0]] for i in layer["inbound_nodes"][0]]
        y = inputs[0]
        if kind == "Conv2D":
            y = graph.conv(y, weights[name + "/kernel"].transpose(3, 2, 0, 1), weights.get(name + "/bias"),
                           auto_pad="SAME_UPPER")
        elif kind == "Concatenate":
            y = graph.op("Concat", *inputs, axis=1)
        elif kind == "Add":
            for other in inputs[1:]:
                y = graph.op("Add", y, other)
        elif kind == "UpSampling2D":
            if config.get("interpolation", "nearest") != "nearest":
                raise ValueError("only nearest up-sampling is converted")
            scale = graph.constant(np.array([1, 1, *config["size"]], np.float32))
            y = graph.op("Resize", y, "", scale, mode="nearest", nearest_mode="floor",
                         coordinate_transformation_mode="asymmetric")
        elif kind.startswith("PixelShuffle"):
            y = graph.op("DepthToSpace", y, blocksize=config["scale"], mode="DCR")
        elif kind == "MultiplyBeta":
            y = graph.op("Mul", y, graph.constant(np.float32(config.get("beta", 0.2))))
        elif kind != "Activation":
            raise ValueError(f"layer {kind} is not converted")
        if config.get("activation") == "relu":
            y = graph.op("Relu", y)
        values[name] = y
    graph.save(path, values[output])


def cyclegan_to_onnx(checkpoint: Path, path: Path, blocks=9):
    """CycleGAN ResNet generator with instance norm; transposed convolution 3x3 stride 2, twice."""
    state, graph = read_state_dict(checkpoint), Graph()

    def reflect(x, n):
        return graph.op("Pad", x, graph.constant(np.array([0, 0, n, n, 0, 0, n, n], np.int64)), mode="reflect")

    def conv(x, key, **attributes):
        return graph.conv(x, state[key + ".weight"], state[key + ".bias"], **attributes)

    def norm(x, key):
        return graph.op("InstanceNormalization", x, graph.constant(state[key + ".weight"]),
                        graph.constant(state[key + ".bias"]), epsilon=1e-5)

    relu = lambda x: graph.op("Relu", x)
    x = relu(norm(conv(reflect("x", 3), "model.1"), "model.2"))
    at = 4
    for _ in range(2):
        x = relu(norm(conv(x, f"model.{at}", strides=[2, 2], pads=[1] * 4), f"model.{at + 1}"))
        at += 3
    for _ in range(blocks):
        key = f"model.{at}.block."
        y = relu(norm(conv(reflect(x, 1), key + "1"), key + "2"))
        x = graph.op("Add", x, norm(conv(reflect(y, 1), key + "5"), key + "6"))
        at += 1
    for _ in range(2):
        x = relu(norm(conv(x, f"model.{at}", kind="ConvTranspose", strides=[2, 2], pads=[1] * 4,
                           output_padding=[1, 1]), f"model.{at + 1}"))
        at += 3
    graph.save(path, graph.op("Tanh", conv(reflect(x, 3), f"model.{at + 1}")))
