import {
  type Artifact,
  equalSpacedQuantiles,
  type Learners,
  type ModelCard,
  type ModelRuntime,
  type NetworkTrainer,
  quantileOf,
  recordedInput,
  SyntraceError,
  sha256,
  type TrainingData,
  type TrainingEpoch,
  type ValidationScores,
} from '@syntrace/core';
import { importable } from '../importable.js';
import { MODEL_FILE } from '../model.js';
import { nprNetwork } from '../network.js';
import type { TrainingSettings } from './options.js';

const QUANTILES = 101;
const RECORD_SEED = 1;
const TOLERANCE = 1e-3;

export interface Trained {
  readonly data: TrainingData;
  readonly settings: TrainingSettings;
  readonly epochs: readonly TrainingEpoch[];
  /** As the detector judges, in each condition. */
  readonly scores: readonly ValidationScores[];
  /** With the weights that were chosen. */
  readonly trainer: NetworkTrainer;
}

/** ONNX file and card. The answer that the card records is the engine's: a session that reads the file otherwise is refused. */
export async function artifactOf(trained: Trained, learners: Learners, models: ModelRuntime): Promise<Artifact> {
  const { data, settings, epochs, trainer } = trained;
  const bytes = await models.exported(nprNetwork(settings.width), trainer.state(), settings.precision === 'f16' ? 'f16' : 'f32');
  const shape = importable.recordedShape;
  const output = [...(await trainer.evaluate(recordedInput({ seed: RECORD_SEED, shape })))];
  const card: ModelCard = {
    ...importable.card({ file: MODEL_FILE, sha256: '', layout: '' }),
    method:
      'neighbouring pixel relationships: residual of 2×2 cells and half a ResNet-50, after Tan et al., CVPR 2024 (weights trained by `syntrace train npr`)',
    ...(await meaningOf(trained, learners)),
    trainingData: summaryOf(data, settings),
    training: {
      ...settings,
      set_weights: Object.fromEntries(settings.set_weights),
      steps: trainer.steps,
      epochs: epochs.map(({ epoch, rate, loss, validation }) => ({
        epoch,
        rate: rounded(rate),
        loss: rounded(loss),
        validation: Object.fromEntries(validation.map(v => [v.condition, rounded(v.loss)])),
      })),
    },
    measured: {},
    licence: 'MIT',
    files: { [MODEL_FILE]: await sha256(bytes) },
    recorded: { seed: RECORD_SEED, shape, output, tolerance: TOLERANCE },
  };
  return { card, files: new Map([[MODEL_FILE, bytes]]) };
}

const rounded = (value: number): number => Number(value.toPrecision(4));

/** The threshold leaves the wanted share of real pictures below it; probabilities by Platt's method with balanced classes. */
async function meaningOf(
  { scores, settings }: Trained,
  learners: Learners,
): Promise<Pick<ModelCard, 'threshold' | 'abstention' | 'calibration' | 'realScoreQuantiles'>> {
  const x = Float32Array.from(scores.flatMap(each => [...each.scores]));
  const y = Uint8Array.from(scores.flatMap(each => [...each.labels]));
  const synthetic = y.reduce((sum, label) => sum + label, 0);
  const sampleWeights = Float64Array.from(y, label => 1 / (label === 1 ? synthetic : y.length - synthetic));
  const platt = await learners.logistic({ x, y, sampleWeights, features: 1, l2: 1e-9 });
  const [slope, intercept] = [platt.weights[0]!, platt.bias[0]!];
  if (!(slope > 0)) throw new SyntraceError('TRAINING_INVALID', { detail: 'on the validation pictures the scores do not tell the classes apart' });
  const real = x.filter((_, i) => y[i] === 0).toSorted();
  return {
    threshold: quantileOf([...real], settings.real_accuracy),
    abstention: null,
    calibration: { method: 'platt', slope, intercept },
    realScoreQuantiles: equalSpacedQuantiles(real, QUANTILES),
  };
}

function summaryOf({ train, validation }: TrainingData, { licence }: TrainingSettings): ModelCard['trainingData'] {
  const sets = new Set([...train, ...validation].map(({ set }) => set));
  return [...sets].flatMap(set =>
    (
      [
        ['train', train],
        ['validation', validation],
      ] as const
    ).map(([part, samples]) => {
      const own = samples.filter(sample => sample.set === set);
      const synthetic = own.filter(({ label }) => label === 1).length;
      return { name: `${set} (${part})`, real: own.length - synthetic, synthetic, licence };
    }),
  );
}
