"""Writes test/fixtures/saved-model/: small classifiers of Keras in SavedModel folders, as `model.save(folder, save_format="tf")` writes them, and their answers.
Of saved_model.pb only what describes the model is kept; for one folder the description is moved into it, where TensorFlow 2.1 had it.

    python make-saved-models.py      (needs tensorflow < 2.16)
"""

import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2
from tensorflow.keras import layers
from tensorflow.python.keras.protobuf import saved_metadata_pb2

TARGET = Path(__file__).parents[1] / "test" / "fixtures" / "saved-model"


def residual():
    """Every kind of layer once, as the published ResNet has them."""
    inputs = layers.Input((10, 10, 3))
    x = layers.Conv2D(4, 3, activation="relu")(inputs)
    x = layers.MaxPooling2D(2)(x)
    y = layers.BatchNormalization()(layers.Conv2D(4, 3, padding="same", activation="relu")(x))
    y = layers.BatchNormalization()(layers.Conv2D(4, 3, padding="same")(y))
    x = layers.Activation("relu")(layers.Add()([y, x]))
    x = layers.Flatten()(layers.AveragePooling2D(2)(x))
    x = layers.Dropout(0.5)(layers.Dense(5, activation="relu")(x))
    return tf.keras.Model(inputs, layers.Dense(3, activation="softmax")(x))


def pooled():
    inputs = layers.Input((9, 9, 1))
    x = layers.GlobalAveragePooling2D()(layers.Conv2D(4, 3, use_bias=False)(inputs))
    return tf.keras.Model(inputs, layers.Dense(2, activation="softmax")(x))


def sequence():
    penalty = tf.keras.regularizers.l1_l2(l1=0.0, l2=0.01)
    return tf.keras.Sequential([layers.Flatten(input_shape=(6, 6, 3)), layers.Dense(1, activation="sigmoid", kernel_regularizer=penalty)])


def foreign():
    """A layer that runs code of its own."""
    return tf.keras.Sequential([layers.Lambda(lambda x: x * 2, input_shape=(4, 4, 1)), layers.Flatten(), layers.Dense(1, activation="sigmoid")])


def draw(shape, seed):
    return np.random.default_rng(seed).normal(0, 0.4, shape).astype(np.float32)


def described(folder, inside):
    """The folder's saved_model.pb without functions; with `inside` the description of Keras moves into it."""
    path, metadata = folder / "saved_model.pb", folder / "keras_metadata.pb"
    keras = saved_metadata_pb2.SavedMetadata.FromString(metadata.read_bytes())
    full = saved_model_pb2.SavedModel.FromString(path.read_bytes())
    kept = saved_model_pb2.SavedModel(saved_model_schema_version=full.saved_model_schema_version)
    nodes = kept.meta_graphs.add().object_graph_def.nodes
    for node in full.meta_graphs[0].object_graph_def.nodes:
        copy = nodes.add()
        if node.HasField("user_object"):
            copy.user_object.identifier = node.user_object.identifier
    if inside:
        for node in keras.nodes:
            user = nodes[node.node_id].user_object
            user.identifier, user.metadata = node.identifier, node.metadata
        metadata.unlink()
    path.write_bytes(kept.SerializeToString(deterministic=True))


def main():
    answers = {}
    shutil.rmtree(TARGET, ignore_errors=True)
    for i, (name, build, inside) in enumerate([("residual", residual, False), ("pooled", pooled, False), ("sequence", sequence, True), ("foreign", foreign, False)]):
        model = build()
        for j, layer in enumerate(layer for layer in model.layers if layer.weights):
            values = [draw(weight.shape, 100 * i + 10 * j + k) for k, weight in enumerate(layer.get_weights())]
            layer.set_weights([np.abs(value) + 0.5 if isinstance(layer, layers.BatchNormalization) and k == 3 else value for k, value in enumerate(values)])
        if name != "foreign":
            model.compile(optimizer="adam", loss="binary_crossentropy")
        with tempfile.TemporaryDirectory() as temporary:
            model.save(temporary, save_format="tf")
            folder = TARGET / name
            (folder / "variables").mkdir(parents=True)
            for file in ["saved_model.pb", "keras_metadata.pb", "variables/variables.index", "variables/variables.data-00000-of-00001"]:
                shutil.copy(Path(temporary) / file, folder / file)
        described(folder, inside)
        height, width, channels = model.input_shape[1:]
        # What the tests make too: multiples of 1/1024 in −1…1.
        pixels = (np.arange(2 * height * width * channels) * 7919 % 2048 / 1024 - 1).astype(np.float32).reshape(2, height, width, channels)
        answers[name] = model(pixels, training=False).numpy().ravel().tolist()
    (TARGET / "answers.json").write_text(json.dumps({"by": f"tensorflow {tf.__version__}", **answers}, indent=1) + "\n")


if __name__ == "__main__":
    main()
