import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type StoredTensor, SyntraceError, writeSafetensors } from '@syntrace/core';
import { replaceFile } from '../run/output-folder.js';
import { LabelFile } from './npy-writer.js';
import { BLOCK_BYTES, type Block, type SplitWriter, type WriterOptions, type WriterState } from './split-writer.js';

/** Shards `<stem>-00000.safetensors` with `features` [n,h,w,c] and `labels` (u8), and all labels as int64 .npy.
 *  @throws USAGE for more than 256 classes */
export async function shardWriter(stem: string, { shape, bytesPerPicture, classes }: WriterOptions, { written, bytes }: WriterState): Promise<SplitWriter> {
  if (classes > 256) throw new SyntraceError('USAGE', { detail: `safetensors shards keep at most 256 classes, not ${classes}; take --format npy` });
  await mkdir(dirname(stem), { recursive: true });
  const labelFile = await LabelFile.open(`${stem}.labels.npy`, written);
  const block = Math.max(1, Math.floor(BLOCK_BYTES / bytesPerPicture));
  let count = written;
  let shard = bytes.shards ?? 0;
  return {
    block,
    async append({ values, labels }: Block) {
      if (values.length === 0) return;
      const features = joined(values as readonly StoredTensor['data'][], [values.length, ...shape]);
      const stored: StoredTensor = { dtype: 'u8', shape: [labels.length], data: Uint8Array.from(labels) };
      const name = `${stem}-${String(shard).padStart(5, '0')}.safetensors`;
      await replaceFile(
        name,
        writeSafetensors(
          new Map([
            ['features', features],
            ['labels', stored],
          ]),
        ),
      );
      await labelFile.append(labels);
      count += values.length;
      shard++;
    },
    state: () => ({ written: count, bytes: { shards: shard } }),
    finish: () => labelFile.finish(),
    close: () => labelFile.close(),
  };
}

function joined(values: readonly StoredTensor['data'][], shape: readonly number[]): StoredTensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const first = values[0];
  const fill = <T extends StoredTensor['data']>(whole: T): T => {
    for (const [i, each] of values.entries()) whole.set(each as never, i * each.length);
    return whole;
  };
  if (first instanceof Uint8Array) return { dtype: 'u8', shape, data: fill(new Uint8Array(size)) };
  if (first instanceof Float64Array) return { dtype: 'f64', shape, data: fill(new Float64Array(size)) };
  return { dtype: 'f32', shape, data: fill(new Float32Array(size)) };
}
