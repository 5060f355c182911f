import { type Detector, type Image, type Run, type Score, scoreOf, type Tensor } from '@syntrace/core';

/** An example: never measured, so threshold and calibration are only there to be seen. */
const MEANING = { threshold: 0, abstention: null, calibration: { method: 'platt', slope: 1, intercept: 0 }, realScoreQuantiles: [] } as const;
/** Keeps flat pictures finite. */
const LEAST = 1e-3;

/** What is enlarged lacks the finest detail: the score is the logarithm of diagonal detail one wavelet level up, over that of the finest. */
export const detector: Detector = {
  id: 'detail',
  description: 'How much finest detail there is beside the next finest: enlarged pictures lack it',
  unit: 'image',
  requires: { minimumSize: { width: 32, height: 32 } },
  open: async () => ({
    detect: (batch, run) => Promise.all(batch.map(image => judge(image, run))),
    close: async () => {},
  }),
};

async function judge(image: Image, run: Run): Promise<Score> {
  // Shared with whoever asks for the same planes.
  const [plane] = await run.intermediate('planes', [image], { space: 'bt601' });
  const finest = await run.kernels.dwt2(plane!, 'symmetric');
  const next = await run.kernels.dwt2(finest.low, 'symmetric');
  try {
    const [fine, coarse] = [await energyOf(finest.alongBoth, run), await energyOf(next.alongBoth, run)];
    return scoreOf(Math.log((coarse + LEAST) / (fine + LEAST)) - Math.LN2, MEANING, { fine, coarse });
  } finally {
    for (const { low, alongX, alongY, alongBoth } of [finest, next]) run.kernels.free(low, alongX, alongY, alongBoth);
  }
}

/** Mean square of a band, whose mean is nought. */
async function energyOf(band: Tensor<'f32'>, { kernels }: Run): Promise<number> {
  const values = await kernels.read(band);
  const column = kernels.tensor('f32', values, [values.length, 1]);
  try {
    const { count, m2 } = await kernels.moments(null, column);
    return m2[0]! / count;
  } finally {
    kernels.free(column);
  }
}
