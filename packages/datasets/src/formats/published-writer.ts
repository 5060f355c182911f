import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../run/output-folder.js';
import { kindOf, npyBytes, npyText } from './npy.js';
import { type Block, blockOf, type SplitWriter, type WriterOptions, type WriterState } from './split-writer.js';

/** The published layout: `000000.npy`, `000001.npy`, … and `labels.npy`, an array of unicode strings. */
export async function publishedWriter(folder: string, { shape, bytesPerPicture, before }: WriterOptions, { written }: WriterState): Promise<SplitWriter> {
  await mkdir(folder, { recursive: true });
  const all = [...before];
  let count = written;
  return {
    block: blockOf(bytesPerPicture),
    async append({ values, labels }: Block) {
      await Promise.all(values.map((value, i) => writeFile(join(folder, `${String(count + i).padStart(6, '0')}.npy`), npyBytes(kindOf(value), value, shape))));
      all.push(...labels);
      count += values.length;
    },
    state: () => ({ written: count, bytes: {} }),
    finish: () => replaceFile(join(folder, 'labels.npy'), npyText(all.map(String))),
    close: async () => {},
  };
}
