import { type Kernels, type ModelRuntime, SyntraceError, type Tensor, withTensors } from '@syntrace/core';
import { type Model, WAVELET } from '../model/model.js';

/** What makes a noise residual of planes. */
export interface FrontEnd {
  /** Samples it takes off each edge. */
  readonly margin: number;
  /** Levels f32 [n, 3, w, w] → f32 [n, 3, w − 2·margin, …]. */
  residual(planes: Tensor<'f32'>, kernels: Kernels): Promise<Tensor<'f32'>>;
  /** About how many seconds it takes for a window here, from a small trial at opening; 0 for what takes next to none. */
  seconds(window: number): number;
  close(): Promise<void>;
}

/** Noise residual by wavelets (the kernels'), of each plane: no network. */
const [LEVELS, SIGMA] = [4, 2];

export const waveletFrontEnd: FrontEnd = {
  margin: 0,
  residual: (planes, kernels) =>
    withTensors(kernels, async keep =>
      kernels.noiseResidual(keep(await kernels.interleave(planes)), { border: 'symmetric', levels: LEVELS, sigma: SIGMA, grey: false }),
    ),
  seconds: () => 0,
  close: async () => {},
};

/** Side of the trial. */
const TRIAL = 96;
/** It is made so often, unless that takes longer: the first runs of a session are slow. */
const [TRIALS, LONG] = [6, 0.5];

/** A denoiser as an open session. @throws whatever opening a model throws */
export async function denoiserFrontEnd(file: Parameters<ModelRuntime['open']>[0], margin: number, models: ModelRuntime | undefined): Promise<FrontEnd> {
  if (!models)
    throw new SyntraceError('MODEL_RUNTIME_MISSING', {
      detail: 'this host was made without a model runtime',
      remedy: 'In a browser pass `models` of @syntrace/model-runtime to createSyntrace.',
    });
  const session = await models.open(file);
  const [input, output] = [session.inputs[0]!, session.outputs[0]!];
  const trial = { [input]: { dtype: 'f32', shape: [1, 3, TRIAL, TRIAL], data: new Float32Array(3 * TRIAL * TRIAL).fill(128) } } as const;
  const each = (await secondsOf(() => session.run(trial))) / (TRIAL - margin) ** 2;
  return {
    margin,
    seconds: window => each * (window - margin) ** 2,
    async residual(planes, kernels) {
      const data = await kernels.read(planes);
      const { [output]: residual } = await session.run({ [input]: { dtype: 'f32', shape: planes.shape, data } }, { batch: 1 });
      return kernels.tensor('f32', residual!.data, residual!.shape);
    },
    close: () => session.close(),
  };
}

/** The least of a few times. */
async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  let [least, spent] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < TRIALS && spent < LONG; i++) {
    const started = performance.now();
    await work();
    const seconds = (performance.now() - started) / 1000;
    [least, spent] = [Math.min(least, seconds), spent + seconds];
  }
  return least;
}

/** Every front end that a model's generators name. All or none are open. */
export async function openFrontEnds({ sets, denoisers }: Model, models: ModelRuntime | undefined): Promise<ReadonlyMap<string, FrontEnd>> {
  const names = new Set(sets.flatMap(({ generators }) => generators.map(({ frontEnd }) => frontEnd)));
  const open = new Map<string, FrontEnd>();
  try {
    for (const name of names) {
      const file = denoisers.get(name);
      open.set(name, name === WAVELET || !file ? waveletFrontEnd : await denoiserFrontEnd(file, file.margin, models));
    }
    return open;
  } catch (error) {
    await closeAll(open);
    throw error;
  }
}

export const closeAll = async (open: ReadonlyMap<string, FrontEnd>): Promise<void> => {
  await Promise.all([...open.values()].map(each => each.close()));
};
