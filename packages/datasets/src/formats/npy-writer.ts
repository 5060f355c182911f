import { bytesOf, kindOf, NPY_HEADER, type NpyKind, npyHeader } from './npy.js';
import { type Block, blockOf, GrowingFile, type SplitWriter, type WriterOptions, type WriterState } from './split-writer.js';

/** Labels as int64, growing beside the features. */
export class LabelFile {
  private constructor(private readonly file: GrowingFile) {}

  static async open(path: string, written: number): Promise<LabelFile> {
    const file = await GrowingFile.open(path, written === 0 ? 0 : NPY_HEADER + 8 * written);
    if (written === 0) await file.append(npyHeader('<i8', [0]));
    return new LabelFile(file);
  }

  async append(labels: readonly number[]): Promise<void> {
    await this.file.append(bytesOf(BigInt64Array.from(labels, BigInt)));
    await this.file.sync();
  }

  async finish(): Promise<void> {
    await this.file.restart(npyHeader('<i8', [(this.file.length - NPY_HEADER) / 8]));
    await this.file.sync();
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

/** One array [n,h,w,c] for a split, and its labels (int64). The number of pictures is put into the header at the end. */
export async function npyWriter(stem: string, { shape, bytesPerPicture }: WriterOptions, { written, bytes }: WriterState): Promise<SplitWriter> {
  const file = await GrowingFile.open(`${stem}.npy`, bytes.features ?? 0);
  const labels = await LabelFile.open(`${stem}.labels.npy`, written);
  let count = written;
  let kind: NpyKind | undefined;
  if (file.length === 0) await file.append(npyHeader('|u1', [0, ...shape]));
  return {
    block: blockOf(bytesPerPicture),
    async append({ values, labels: own }: Block) {
      if (values[0]) kind = kindOf(values[0]);
      await file.append(...values.map(bytesOf));
      // The header keeps up, so that what is there so far can be read; its length never changes.
      if (kind) await file.restart(npyHeader(kind, [count + values.length, ...shape]));
      await file.sync();
      await labels.append(own);
      count += values.length;
    },
    state: () => ({ written: count, bytes: { features: file.length } }),
    finish: () => labels.finish(),
    async close() {
      await file.close();
      await labels.close();
    },
  };
}
