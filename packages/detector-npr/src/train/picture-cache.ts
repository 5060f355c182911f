import { type Image, SyntraceError, type TrainingSample } from '@syntrace/core';

/** Decoded pictures, kept up to a sum of bytes; the first that come stay, as every epoch asks for all. */
export class PictureCache {
  private readonly kept = new Map<string, Promise<Image>>();
  private bytes = 0;

  constructor(private readonly most: number) {}

  readonly stored = async (sample: TrainingSample): Promise<Image> => {
    const known = this.kept.get(sample.uri);
    if (known) return known;
    const opened = sample.open();
    const { data, width, height } = await opened;
    if (Math.min(width, height) < 2) throw new SyntraceError('TRAINING_INVALID', { detail: `${sample.uri} is ${width}×${height}` });
    if (this.bytes + data.length <= this.most && !this.kept.has(sample.uri)) {
      this.kept.set(sample.uri, opened);
      this.bytes += data.length;
    }
    return opened;
  };
}
