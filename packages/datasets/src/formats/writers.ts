import { join } from 'node:path';
import type { PreparedFormat } from '../prepare/options.js';
import { npyWriter } from './npy-writer.js';
import { publishedWriter } from './published-writer.js';
import { recordWriter } from './record-writer.js';
import { shardWriter } from './shard-writer.js';
import type { SplitWriter, WriterOptions, WriterState } from './split-writer.js';

/** Opens what keeps a split, new or after the blocks of `state`. `name`: the prefix that the published code gives. */
export function openWriter(
  format: PreparedFormat,
  folder: string,
  name: string,
  split: string,
  options: WriterOptions,
  state: WriterState,
): Promise<SplitWriter> {
  if (format === 'npy') return npyWriter(join(folder, split), options, state);
  if (format === 'safetensors') return shardWriter(join(folder, split), options, state);
  if (format === 'tfrecord') return recordWriter(join(folder, `${name}_${split}_tf`, 'data.tfrecords'), options, state);
  return publishedWriter(join(folder, `${name}_${split}`), options, state);
}
