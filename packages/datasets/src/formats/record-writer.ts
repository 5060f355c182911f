import { encodeExample } from './example.js';
import { type Block, blockOf, GrowingFile, type SplitWriter, type WriterOptions, type WriterState } from './split-writer.js';
import { framed } from './tfrecord.js';

/** One uncompressed TFRecord file of Examples; values become float32. */
export async function recordWriter(path: string, { shape, bytesPerPicture }: WriterOptions, { written, bytes }: WriterState): Promise<SplitWriter> {
  const file = await GrowingFile.open(path, bytes.records ?? 0);
  let count = written;
  return {
    block: blockOf(bytesPerPicture),
    async append({ values, labels }: Block) {
      const examples = values.map((value, i) => encodeExample({ image: Float32Array.from(value as Float32Array), label: labels[i]!, shape }));
      await file.append(await framed(examples));
      await file.sync();
      count += values.length;
    },
    state: () => ({ written: count, bytes: { records: file.length } }),
    finish: async () => {},
    close: () => file.close(),
  };
}
