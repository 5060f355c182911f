import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { messageOf, SyntraceError } from '@syntrace/core';

/** A picture of the published TFRecord files: `image` (float32, row-major [h,w,c]), `label`, `shape`. */
export interface Example {
  readonly image: Float32Array;
  readonly label: number;
  readonly shape: readonly number[];
}

/** Fields of TensorFlow's Example: features = 1 { feature = 1 map { key = 1, value = 2 } }; a Feature holds bytes = 1, floats = 2 or integers = 3, each with value = 1. */
const [FLOATS, INTEGERS] = [2, 3] as const;

/** An Example in TensorFlow's protobuf encoding, keys in alphabetical order. */
export function encodeExample({ image, label, shape }: Example): Uint8Array {
  const features: readonly (readonly [name: string, kind: number, list: Uint8Array])[] = [
    ['image', FLOATS, new Uint8Array(image.buffer, image.byteOffset, image.byteLength)],
    ['label', INTEGERS, integers([label])],
    ['shape', INTEGERS, integers(shape)],
  ];
  const map = new BinaryWriter();
  for (const [name, kind, list] of features) {
    const feature = new BinaryWriter();
    feature.tag(kind, WireType.LengthDelimited).bytes(new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(list).finish());
    map
      .tag(1, WireType.LengthDelimited)
      .bytes(new BinaryWriter().tag(1, WireType.LengthDelimited).string(name).tag(2, WireType.LengthDelimited).bytes(feature.finish()).finish());
  }
  return new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(map.finish()).finish();
}

const integers = (values: readonly number[]): Uint8Array => values.reduce((writer, value) => writer.int64(value), new BinaryWriter()).finish();

/** Reads an Example, lists packed or not. @throws DATA_INVALID when a feature is missing or damaged, or the shape does not fit */
export function decodeExample(bytes: Uint8Array, file: string): Example {
  const lists = new Map<string, number[] | Float32Array>();
  try {
    for (const features of messages(bytes, 1))
      for (const entry of messages(features, 1)) {
        const [key, value] = [messages(entry, 1)[0], messages(entry, 2)[0]];
        if (key && value) lists.set(new TextDecoder().decode(key), valuesOf(value));
      }
  } catch (error) {
    throw new SyntraceError('DATA_INVALID', { file, detail: `a record is damaged: ${messageOf(error)}` }, error);
  }
  const [image, label, shape] = ['image', 'label', 'shape'].map(name => lists.get(name));
  if (!(image instanceof Float32Array) || !Array.isArray(label) || !Array.isArray(shape))
    throw new SyntraceError('DATA_INVALID', {
      file,
      detail: `a record has the features ${[...lists.keys()].join(', ') || 'none'}; needed are image, label, shape`,
    });
  if (label.length !== 1 || shape.reduce((a, b) => a * b, 1) !== image.length)
    throw new SyntraceError('DATA_INVALID', { file, detail: `a record has ${image.length} values for shape [${shape.join(', ')}] and ${label.length} labels` });
  return { image, label: label[0]!, shape };
}

/** The length-delimited fields of one number. */
function messages(bytes: Uint8Array, wanted: number): Uint8Array[] {
  const reader = new BinaryReader(bytes);
  const found: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === wanted && type === WireType.LengthDelimited) found.push(reader.bytes());
    else reader.skip(type, field);
  }
  return found;
}

function valuesOf(feature: Uint8Array): number[] | Float32Array {
  const [floats] = messages(feature, FLOATS);
  if (floats) return floatsOf(floats);
  const [whole] = messages(feature, INTEGERS);
  return whole ? integersOf(whole) : [];
}

function floatsOf(list: Uint8Array): Float32Array {
  const [packed] = messages(list, 1);
  if (packed) return new Float32Array(Uint8Array.from(packed).buffer);
  const reader = new BinaryReader(list);
  const values: number[] = [];
  while (reader.pos < reader.len) {
    reader.tag();
    values.push(reader.float());
  }
  return Float32Array.from(values);
}

function integersOf(list: Uint8Array): number[] {
  const reader = new BinaryReader(list);
  const values: number[] = [];
  while (reader.pos < reader.len) {
    const [, type] = reader.tag();
    const end = type === WireType.LengthDelimited ? reader.uint32() + reader.pos : reader.pos + 1;
    while (reader.pos < end) values.push(Number(reader.int64()));
  }
  return values;
}
