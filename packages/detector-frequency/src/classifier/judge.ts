import {
  abstain,
  type DetectorContext,
  type Image,
  type ModelSession,
  type OpenDetector,
  type Run,
  type Score,
  SyntraceError,
  scoreOf,
  type Tensor,
  type Window,
  withTensors,
} from '@syntrace/core';
import type { FrequencyEvidence } from '../evidence.js';
import { windowsOf } from '../windows.js';
import { explainClassifier } from './explain.js';
import { channelsOf, probabilitiesOf, scoreOfLogits } from './meaning.js';
import type { Classifier } from './model.js';
import { valuesOf } from './values.js';

/** An open classifier of whole windows. */
export interface OpenClassifier {
  readonly classifier: Classifier;
  readonly session: ModelSession;
  /** On the kernels' side, flat. */
  readonly standard: { readonly mean: Tensor<'f32'>; readonly deviation: Tensor<'f32'> };
}

/** Opens a detector on a classifier; its statistics may be replaced by others. @throws MODEL_RUNTIME_MISSING and what opening a model throws */
export async function openClassifier(classifier: Classifier, { models, kernels }: DetectorContext): Promise<OpenDetector<FrequencyEvidence>> {
  if (!models)
    throw new SyntraceError('MODEL_RUNTIME_MISSING', {
      detail: 'this host was made without a model runtime',
      remedy: 'In a browser pass `models` of @syntrace/model-runtime to createSyntrace.',
    });
  const session = await models.open(classifier.file);
  const upload = (data: Float32Array) => kernels.tensor('f32', data, [data.length]);
  const open: OpenClassifier = { classifier, session, standard: { mean: upload(classifier.mean), deviation: upload(classifier.deviation) } };
  return {
    detect: (batch, run) => Promise.all(batch.map(image => judge(image, open, run))),
    explain: (image, run) => explainClassifier(image, open, run),
    async close() {
      kernels.free(open.standard.mean, open.standard.deviation);
      await session.close();
    },
  };
}

async function judge(image: Image, open: OpenClassifier, run: Run): Promise<Score<FrequencyEvidence>> {
  const { card, preprocessing } = open.classifier;
  const { width, height } = image;
  const { size } = preprocessing;
  if (Math.min(width, height) < size)
    return abstain({ code: 'FREQUENCY_SMALL', message: `${width}×${height}; these weights judge windows of ${size}×${size}` }, { windows: [] });
  const windows = windowsOf(width, height, size);
  const logits = await logitsOf(image, windows, open, run);
  const scores = logits.map(scoreOfLogits);
  const score = scores.reduce((sum, each) => sum + each, 0) / scores.length;
  const evidence = { windows: windows.map((window, i) => ({ ...window, score: scores[i]! })) };
  if (!card.classes) return scoreOf(score, card, evidence);
  const classes = classesOf(card.classes, logits);
  const nearest = classes.reduce((best, each) => (each.probability > best.probability ? each : best));
  const statements = [`Of the ${classes.length} classes that it knows it is nearest to ${nearest.name} (${(100 * nearest.probability).toFixed(0)} %).`];
  return { ...scoreOf(score, card, { ...evidence, classes }), statements };
}

/** The logits of each window. */
export async function logitsOf(
  image: Image,
  windows: readonly Window[],
  { classifier, session, standard }: OpenClassifier,
  run: Run,
): Promise<readonly Float32Array[]> {
  const { preprocessing } = classifier;
  const values = await valuesOf(image, windows, preprocessing, run);
  const data = await withTensors(run.kernels, async keep => {
    const rows = keep(await run.kernels.concat([values]));
    return run.kernels.read(keep(await run.kernels.standardize(rows, standard.mean, standard.deviation)));
  });
  const shape = [windows.length, channelsOf(preprocessing), preprocessing.size, preprocessing.size];
  const outputs = await session.run({ [session.inputs[0]!]: { dtype: 'f32', shape, data } });
  const logits = outputs[session.outputs[0]!]!.data;
  const width = logits.length / windows.length;
  return windows.map((_, i) => logits.slice(i * width, (i + 1) * width));
}

/** Probabilities by the mean logits of the windows. */
function classesOf(names: readonly string[], logits: readonly Float32Array[]): NonNullable<FrequencyEvidence['classes']> {
  const mean = names.map((_, k) => logits.reduce((sum, each) => sum + each[k]!, 0) / logits.length);
  return probabilitiesOf(mean).map((probability, k) => ({ name: names[k]!, probability }));
}
