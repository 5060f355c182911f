"""Writes src/classifier/proofs.json: what TensorFlow answers for the published networks with the weights and the input that `seededState` and `recordedInput`
make of a seed. The layers are written from the specification's tables once more, for Keras.

    python record-proofs.py          (needs tensorflow < 2.16, whose Keras is that of the published code)
"""

import json
import sys
from pathlib import Path

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

sys.path.insert(0, str(Path(__file__).parents[2] / "detector-npr" / "scripts"))
from seeded import draws, seeded_state  # noqa: E402

SEED, INPUT_SEED = 100, 1
SIZES = {"linear": 8, "nn": 8, "cnn": 8, "resnet": 16}
CHANNELS, OUTPUTS = 3, 2
tf.keras.backend.set_floatx("float64")


def conv(filters, padding="same", activation="relu"):
    return layers.Conv2D(filters, 3, padding=padding, activation=activation)


def linear(x):
    return layers.Dense(OUTPUTS)(layers.Flatten()(x))


def nn(x):
    return layers.Dense(OUTPUTS)(layers.Dense(128, activation="relu")(layers.Flatten()(x)))


def cnn(x):
    x = layers.AveragePooling2D()(conv(8)(conv(3)(x)))
    x = layers.AveragePooling2D()(conv(16)(x))
    return linear(conv(32)(x))


def resnet(x):
    x = layers.MaxPooling2D(3)(conv(64, "valid")(conv(32, "valid")(x)))
    for _ in range(10):
        y = layers.BatchNormalization()(conv(64)(x))
        y = layers.BatchNormalization()(conv(64, activation=None)(y))
        x = layers.Activation("relu")(layers.Add()([y, x]))
    x = layers.GlobalAveragePooling2D()(conv(64, "valid")(x))
    return layers.Dense(OUTPUTS)(layers.Dropout(0.5)(layers.Dense(256, activation="relu")(x)))


def names_of(architecture):
    """Names that our networks give to the weighted layers, in order."""
    blocks = [f"block{i}.{part}" for i in range(1, 11) for part in ("conv1", "bn1", "conv2", "bn2")]
    return {
        "linear": ["dense"],
        "nn": ["hidden", "dense"],
        "cnn": ["conv1", "conv2", "conv3", "conv4", "dense"],
        "resnet": ["conv1", "conv2", *blocks, "conv3", "hidden", "dense"],
    }[architecture]


def shapes_of(name, layer):
    """Entries of our state for a layer of Keras."""
    if isinstance(layer, layers.BatchNormalization):
        return {f"{name}.{word}": list(layer.gamma.shape) for word in ("weight", "bias", "running_mean", "running_var")}
    kernel = layer.kernel.shape
    ours = [kernel[3], kernel[2], kernel[0], kernel[1]] if len(kernel) == 4 else [kernel[1], kernel[0]]
    return {f"{name}.weight": ours, f"{name}.bias": [ours[0]]}


def weights_of(name, layer, state, planes):
    """The state in the layout of Keras; `planes`: height, width and channels that were flattened before a dense layer."""
    value = lambda word, shape: np.array(state[f"{name}.{word}"]).reshape(shape)  # noqa: E731
    if isinstance(layer, layers.BatchNormalization):
        return [value(word, layer.gamma.shape) for word in ("weight", "bias", "running_mean", "running_var")]
    kernel, bias = tuple(layer.kernel.shape), value("bias", layer.bias.shape)
    if len(kernel) == 4:
        return [value("weight", (kernel[3], kernel[2], kernel[0], kernel[1])).transpose(2, 3, 1, 0), bias]
    if planes is None:
        return [value("weight", (kernel[1], kernel[0])).T, bias]
    height, width, channels = planes
    return [value("weight", (kernel[1], channels, height, width)).transpose(2, 3, 1, 0).reshape(kernel), bias]


def proof(architecture, build):
    size = SIZES[architecture]
    inputs = layers.Input((size, size, CHANNELS))
    model = tf.keras.Model(inputs, build(inputs))
    weighted = [layer for layer in model.layers if layer.weights]
    named = list(zip(names_of(architecture), weighted, strict=True))
    state = seeded_state({key: shape for name, layer in named for key, shape in shapes_of(name, layer).items()}, SEED)
    flattened = [layer.input.shape[1:] for layer in model.layers if isinstance(layer, layers.Flatten)]
    first_dense = next(layer for layer in weighted if isinstance(layer, layers.Dense))
    for name, layer in named:
        layer.set_weights(weights_of(name, layer, state, flattened[0] if flattened and layer is first_dense else None))
    shape = [2, CHANNELS, size, size]
    planes = np.array([2 * u - 1 for u in draws(INPUT_SEED, "model-input", int(np.prod(shape)))], dtype=np.float32).reshape(shape)
    logits = model(planes.astype(np.float64).transpose(0, 2, 3, 1), training=False).numpy()
    run = {"seed": INPUT_SEED, "shape": shape, "output": logits.ravel().tolist(), "tolerance": 1e-4}
    return {"sizes": {"size": size, "channels": CHANNELS, "outputs": OUTPUTS}, "seed": SEED, "run": run}


if __name__ == "__main__":
    found = {name: proof(name, build) for name, build in {"linear": linear, "nn": nn, "cnn": cnn, "resnet": resnet}.items()}
    target = Path(__file__).parents[1] / "src" / "classifier" / "proofs.json"
    target.write_text(json.dumps({"by": f"tensorflow {tf.__version__}, float64", **found}, indent=2) + "\n")
