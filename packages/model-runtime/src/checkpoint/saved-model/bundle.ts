import { maskedCrc32c } from '../container/crc32.js';
import type { Refuse } from '../refuse.js';
import type { CheckpointTensor } from '../tensors.js';
import { bytesField, fixedField, readFields, wholeField } from './fields.js';
import { BUNDLE_ENTRY, BUNDLE_HEADER, DATA_TYPES, SHAPE_DIMENSION, TENSOR_SHAPE } from './messages.js';
import { readSortedTable } from './sorted-table.js';

/** Where the variables of a SavedModel folder lie. */
export const VARIABLES = 'variables/variables';
/** More shards than this were never written by one machine. */
const MOST_SHARDS = 4096;

interface Entry {
  type: number;
  shape: number[];
  shard: number;
  offset: number;
  size: number;
  checksum: number | null;
  sliced: boolean;
}

/** A checkpoint of TensorFlow 2: an index and the shards with its data. */
export class Bundle {
  private readonly entries: ReadonlyMap<string, Uint8Array>;
  private readonly shards: number;

  /** `files` by their path in the folder. @throws the refusal for an index that is missing or damaged */
  constructor(
    private readonly files: ReadonlyMap<string, Uint8Array>,
    private readonly refuse: Refuse,
  ) {
    const index = files.get(`${VARIABLES}.index`) ?? refuse(`${VARIABLES}.index is missing`);
    this.entries = readSortedTable(index, detail => refuse(`${VARIABLES}.index: ${detail}`));
    this.shards = this.header(this.entries.get(''));
  }

  get names(): readonly string[] {
    return [...this.entries.keys()];
  }

  has = (name: string): boolean => this.entries.has(name);

  /** Name of a shard in the folder. */
  private fileOf = (shard: number): string => `${VARIABLES}.data-${String(shard).padStart(5, '0')}-of-${String(this.shards).padStart(5, '0')}`;

  /** A variable, its checksum verified; the bytes are a view of the shard. @throws the refusal */
  tensor(name: string): CheckpointTensor {
    const { type, shape, shard, offset, size, checksum, sliced } = this.entry(name);
    const kind = DATA_TYPES[type] ?? this.refuse(`${name} has the data type ${type}`);
    if (sliced) this.refuse(`${name} is partitioned, which no published classifier is`);
    if (size !== shape.reduce((a, b) => a * b, kind.bytes)) this.refuse(`${name} has ${size} bytes for the shape [${shape.join(', ')}] of ${kind.dtype}`);
    if (shard >= this.shards) this.refuse(`${name} lies in shard ${shard} of ${this.shards}`);
    const file = this.fileOf(shard);
    const data = this.files.get(file) ?? this.refuse(`${file} is missing`);
    if (!(offset + size <= data.length)) this.refuse(`${name} lies at ${offset}…${offset + size} of ${file}, which has ${data.length} bytes: it is cut off`);
    const bytes = data.subarray(offset, offset + size);
    if (checksum !== maskedCrc32c(bytes)) this.refuse(`the checksum of ${name} in ${file} is wrong`);
    return { dtype: kind.dtype, shape, bytes };
  }

  private header(bytes: Uint8Array | undefined): number {
    let [shards, endianness] = [0, 0];
    this.parse('its header', bytes ?? this.refuse(`${VARIABLES}.index holds no header`), {
      [BUNDLE_HEADER.shards]: wholeField(value => (shards = value)),
      [BUNDLE_HEADER.endianness]: wholeField(value => (endianness = value)),
    });
    if (endianness !== 0) this.refuse('its numbers are big-endian');
    return shards > 0 && shards <= MOST_SHARDS ? shards : this.refuse(`${VARIABLES}.index claims ${shards} shards`);
  }

  private entry(name: string): Entry {
    const entry: Entry = { type: 0, shape: [], shard: 0, offset: 0, size: 0, checksum: null, sliced: false };
    const dimension = bytesField(bytes => {
      let length = 0;
      readFields(bytes, { [SHAPE_DIMENSION.size]: wholeField(value => (length = value)) });
      entry.shape.push(length);
    });
    this.parse(name, this.entries.get(name) ?? this.refuse(`${name} is missing`), {
      [BUNDLE_ENTRY.type]: wholeField(value => (entry.type = value)),
      [BUNDLE_ENTRY.shape]: bytesField(bytes => readFields(bytes, { [TENSOR_SHAPE.dimension]: dimension })),
      [BUNDLE_ENTRY.shard]: wholeField(value => (entry.shard = value)),
      [BUNDLE_ENTRY.offset]: wholeField(value => (entry.offset = value)),
      [BUNDLE_ENTRY.size]: wholeField(value => (entry.size = value)),
      [BUNDLE_ENTRY.checksum]: fixedField(value => (entry.checksum = value)),
      [BUNDLE_ENTRY.slices]: bytesField(() => (entry.sliced = true)),
    });
    return entry;
  }

  private parse(what: string, bytes: Uint8Array, readers: Parameters<typeof readFields>[1]): void {
    try {
      readFields(bytes, readers);
    } catch {
      this.refuse(`${VARIABLES}.index: the entry of ${what} is damaged`);
    }
  }
}
