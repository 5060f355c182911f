import type { Refuse } from '../refuse.js';
import { bytesField, readFields, textField } from './fields.js';
import { KERAS_METADATA, KERAS_NODE, META_GRAPH, OBJECT_GRAPH, SAVED_MODEL, SAVED_OBJECT, USER_OBJECT } from './messages.js';

/** One layer of a Keras model as its configuration tells it. */
export interface KerasLayer {
  readonly kind: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Names of the layers it takes from; the one before it where the model is a sequence. */
  readonly inputs: readonly string[];
}

export interface KerasModel {
  readonly layers: readonly KerasLayer[];
  /** Of Keras, as written in the file. */
  readonly version: string;
}

/** Files that hold a model's configuration: beside the graph since TensorFlow 2.5, inside it before. */
export const GRAPH_FILE = 'saved_model.pb';
const METADATA_FILE = 'keras_metadata.pb';

interface Node {
  identifier: string;
  metadata: string;
}

/** The Keras model that a SavedModel folder says it is. Functions and custom code in it are not looked at. @throws the refusal */
export function kerasModelOf(files: ReadonlyMap<string, Uint8Array>, refuse: Refuse): KerasModel {
  const graph = files.get(GRAPH_FILE) ?? refuse(`${GRAPH_FILE} is missing: it is no SavedModel folder`);
  const metadata = files.get(METADATA_FILE);
  const [file, nodes] = metadata ? [METADATA_FILE, metadataNodes(metadata, refuse)] : [GRAPH_FILE, graphNodes(graph, refuse)];
  const model = nodes.find(({ identifier, metadata: told }) => told !== '' && /^_tf_keras_(model|network|sequential)$/.test(identifier));
  if (!model) return refuse(`${file} describes no Keras model, only ${nodes.length} objects`);
  return modelOf(model.metadata, detail => refuse(`${file}: ${detail}`));
}

function metadataNodes(bytes: Uint8Array, refuse: Refuse): readonly Node[] {
  const nodes: Node[] = [];
  parse(METADATA_FILE, refuse, () =>
    readFields(bytes, { [KERAS_METADATA.nodes]: bytesField(each => nodes.push(nodeOf(each, KERAS_NODE.identifier, KERAS_NODE.metadata))) }),
  );
  return nodes;
}

function graphNodes(bytes: Uint8Array, refuse: Refuse): readonly Node[] {
  const nodes: Node[] = [];
  const object = bytesField(each =>
    readFields(each, { [SAVED_OBJECT.userObject]: bytesField(user => nodes.push(nodeOf(user, USER_OBJECT.identifier, USER_OBJECT.metadata))) }),
  );
  const inside = (field: number, reader: typeof object) => bytesField(each => readFields(each, { [field]: reader }));
  parse(GRAPH_FILE, refuse, () => readFields(bytes, { [SAVED_MODEL.metaGraphs]: inside(META_GRAPH.objectGraph, inside(OBJECT_GRAPH.nodes, object)) }));
  return nodes;
}

function nodeOf(bytes: Uint8Array, identifier: number, metadata: number): Node {
  const node: Node = { identifier: '', metadata: '' };
  readFields(bytes, { [identifier]: textField(text => (node.identifier = text)), [metadata]: textField(text => (node.metadata = text)) });
  return node;
}

function parse(file: string, refuse: Refuse, read: () => void): void {
  try {
    read();
  } catch {
    refuse(`${file} is damaged: its bytes are no protocol buffer`);
  }
}

function modelOf(metadata: string, refuse: Refuse): KerasModel {
  let root: unknown;
  try {
    root = JSON.parse(metadata, (_, value: unknown) => tupleOf(value) ?? value);
  } catch {
    return refuse('the configuration of its model is not JSON');
  }
  const { config, keras_version: version } = objectOf(root);
  const { layers } = objectOf(config);
  if (!Array.isArray(layers) || layers.length === 0) return refuse('its model is not described by layers (a class of its own, or a list of functions)');
  const found = layers.map((layer: unknown): KerasLayer => {
    const { class_name: kind, config: own, inbound_nodes: inbound } = objectOf(layer);
    const { name } = objectOf(own);
    if (typeof kind !== 'string' || typeof name !== 'string') return refuse('one of its layers has no class or no name');
    return { kind, name, config: objectOf(own), inputs: inputsOf(inbound) };
  });
  const isSequence = found.every(({ inputs }) => inputs.length === 0);
  return {
    layers: isSequence ? found.map((layer, i) => ({ ...layer, inputs: i > 0 ? [found[i - 1]!.name] : [] })) : found,
    version: typeof version === 'string' ? version : 'of an unknown version',
  };
}

/** Since TensorFlow 2.5 tuples are written as objects. */
function tupleOf(value: unknown): readonly unknown[] | null {
  const { class_name: kind, items } = objectOf(value);
  return kind === '__tuple__' && Array.isArray(items) ? items : null;
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {});

/** `[[["name", node, tensor, {}], …]]`: the layers that the first call of a layer takes from. */
function inputsOf(inbound: unknown): readonly string[] {
  const first: unknown = Array.isArray(inbound) ? inbound[0] : undefined;
  return Array.isArray(first) ? first.flatMap((each: unknown) => (Array.isArray(each) && typeof each[0] === 'string' ? [each[0]] : [])) : [];
}
