import type { Image, ModelSession, Run, StoredTensor } from '@syntrace/core';
import type { OnnxPreprocessing } from './description.js';
import { inputOf } from './input.js';
import { rowsOf } from './output.js';
import { shownSize } from './view.js';

/** Pictures that go through the network at once unless the description says otherwise. */
const BATCH = 16;
/** Most samples of input at once, so that memory is bounded for networks that take whole photographs. */
const MOST_SAMPLES = 2 ** 24;

/** The network's answer for each picture, in order. Pictures that are shown at one size go through together. */
export async function answersOf(images: readonly Image[], how: OnnxPreprocessing, session: ModelSession, run: Run): Promise<readonly Float32Array[]> {
  const answers = new Array<Float32Array>(images.length);
  for (const members of groupsOf(images, how)) {
    run.signal.throwIfAborted();
    const input = await inputOf(
      members.map(i => images[i]!),
      how,
      run,
    );
    const rows = await answersTo(input, how, session);
    members.forEach((i, k) => {
      answers[i] = rows[k]!;
    });
  }
  return answers;
}

/** The network's answer to each row of an input. */
export async function answersTo(input: StoredTensor<'f32'>, how: OnnxPreprocessing, session: ModelSession): Promise<readonly Float32Array[]> {
  const outputs = await session.run({ [how.input ?? session.inputs[0]!]: input }, { batch: how.batch ?? BATCH });
  return rowsOf(outputs, how.output, session.outputs[0]!, input.shape[0]!);
}

/** Places of pictures that are shown at one size, as many together as memory allows. */
function groupsOf(images: readonly Image[], { view, batch = BATCH }: OnnxPreprocessing): readonly (readonly number[])[] {
  const groups = new Map<string, number[][]>();
  images.forEach((image, i) => {
    const { width, height } = shownSize(view, image);
    const most = Math.max(1, Math.min(batch, Math.floor(MOST_SAMPLES / (3 * width * height))));
    const known = groups.get(`${width}×${height}`) ?? [];
    const last = known.at(-1);
    if (last && last.length < most) last.push(i);
    else groups.set(`${width}×${height}`, [...known, [i]]);
  });
  return [...groups.values()].flat();
}
