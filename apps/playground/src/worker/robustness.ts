import { type Image, isFailure, SyntraceError } from '@syntrace/core';
import { applyChange, type Change } from '@syntrace/datasets/change';
import { toRgba } from '@syntrace/image-io';
import type { ChangedScore, Drawing, Named } from '../engine/protocol.js';
import type { Kept } from './kept.js';
import type { Session } from './session.js';

/** Side of the middle part that is changed: large pictures would make a curve slow. */
const PART = 1024;

/** Changes a picture and judges it again. */
export class Robustness {
  private part: { readonly key: string; readonly image: Image } | undefined;

  constructor(
    private readonly session: Session,
    private readonly kept: Kept,
  ) {}

  async score(key: string, picture: Named, changes: readonly Change[], detector: string): Promise<ChangedScore> {
    const image = await this.changed(key, picture, changes);
    const { width, height } = image;
    for await (const outcome of this.session.syntrace.detectAll([image], { detectors: [detector] })) {
      if (isFailure(outcome)) throw outcome.error;
      const { score, probability, threshold, verdict, warnings } = outcome;
      return { score, probability, threshold, verdict, width, height, problem: score === null ? (warnings.at(-1)?.message ?? null) : null };
    }
    throw new SyntraceError('ABORTED');
  }

  async look(key: string, picture: Named, changes: readonly Change[]): Promise<Drawing> {
    const { width, height, data } = await this.changed(key, picture, changes);
    return { width, height, data: new Uint8Array(toRgba({ width, height, data }).buffer) };
  }

  private async changed(key: string, picture: Named, changes: readonly Change[]): Promise<Image> {
    const kernels = await this.session.syntrace.kernels();
    let image = await this.middle(key, picture);
    for (const change of changes) {
      const { width, height, data } = await applyChange(image, change, kernels);
      image = { ...image, width, height, channels: data.length === width * height ? 1 : 3, data };
    }
    return image;
  }

  /** The middle of the picture, on the grid of its JPEG blocks; its file's bytes no longer belong to it. */
  private async middle(key: string, picture: Named): Promise<Image> {
    if (this.part?.key === key) return this.part.image;
    const image = await this.kept.decoded(key, picture);
    const [width, height] = [Math.min(PART, image.width), Math.min(PART, image.height)];
    const [x, y] = [8 * Math.floor((image.width - width) / 16), 8 * Math.floor((image.height - height) / 16)];
    const kernels = await this.session.syntrace.kernels();
    const whole = kernels.tensor('u8', image.data, [1, image.height, image.width, image.channels]);
    const part = await kernels.crop(whole, [{ x, y, width, height }]).finally(() => kernels.free(whole));
    const data = await kernels.read(part).finally(() => kernels.free(part));
    const middle = { ...image, width, height, data, warnings: [], source: { ...image.source, encoded: null } };
    this.part = { key, image: middle };
    return middle;
  }
}
