import { type Explanation, type Image, type ModelSession, type Run, type StoredTensor, withTensors } from '@syntrace/core';
import type { OnnxPreprocessing } from './description.js';
import { inputOf } from './input.js';
import { answersTo } from './judge.js';
import { scoreIn } from './output.js';

/** Cells along each side of what is shown. */
const CELLS = 8;

/** What the score loses when a part of the picture is covered by the mean colour (occlusion, Zeiler and Fergus 2014): works for any network. */
export async function explain(image: Image, how: OnnxPreprocessing, session: ModelSession, run: Run): Promise<readonly Explanation[]> {
  const input = await inputOf([image], how, run);
  const [whole] = await answersTo(input, how, session);
  const score = scoreIn(whole!, how.output);
  const losses = new Float32Array(CELLS * CELLS);
  for (let cell = 0; cell < losses.length; cell++) {
    run.signal.throwIfAborted();
    const [answer] = await answersTo(covered(input, cell, how), how, session);
    losses[cell] = score - scoreIn(answer!, how.output);
  }
  const reach = losses.reduce((most, loss) => Math.max(most, Math.abs(loss)), 1e-6);
  const data = await withTensors(run.kernels, async keep => {
    const plane = keep(run.kernels.tensor('f32', losses, [CELLS, CELLS]));
    return run.kernels.read(keep(await run.kernels.heatMap(plane, { map: 'coolwarm', low: -reach, high: reach })));
  });
  return [
    {
      id: 'onnx.occlusion',
      title: 'What each part adds to the score',
      description: `What the network was shown, in ${CELLS}×${CELLS} parts: red where covering a part lowers the score, blue where it raises it; at most by ${reach.toPrecision(2)}.`,
      picture: { width: CELLS, height: CELLS, data },
      enlarge: 32,
      scale: { low: 'real', high: 'synthetic', map: 'coolwarm' },
    },
  ];
}

/** The input with one cell at 0, which is the mean colour once it is normalised. */
function covered({ dtype, shape, data }: StoredTensor<'f32'>, cell: number, { layout }: OnnxPreprocessing): StoredTensor<'f32'> {
  const copy = data.slice();
  const [, a, b, c] = shape as readonly [number, number, number, number];
  // Planes of rows, or one plane whose rows hold all channels of a sample together.
  const [planes, height, width, step] = layout === 'nchw' ? [a, b, c, 1] : [1, a, b, c];
  const edge = (length: number, i: number) => Math.round((length * i) / CELLS);
  const [x, y] = [cell % CELLS, Math.floor(cell / CELLS)];
  for (let plane = 0; plane < planes; plane++)
    for (let row = edge(height, y); row < edge(height, y + 1); row++) {
      const start = (plane * height + row) * width;
      copy.fill(0, (start + edge(width, x)) * step, (start + edge(width, x + 1)) * step);
    }
  return { dtype, shape, data: copy };
}
