import {
  type Artifact,
  abstain,
  type Detector,
  type DetectorContext,
  type Image,
  loadArtifact,
  type ModelCard,
  type OpenDetector,
  type Run,
  readSafetensors,
  type Score,
  SyntraceError,
  scoreOf,
} from '@syntrace/core';
import type { BaselineEvidence } from './evidence.js';
import { explain } from './explain.js';
import { type Look, leastSide, middleOf, shown, valuesIn } from './look.js';
import { type Fitted, type Method, predicted, type Scorer, tensorIn } from './method.js';
import { type Standard, standardised } from './standard.js';
import { MODEL_FILE, marginOf, trainableOf } from './train.js';

export interface BaselineOptions {
  /** Trained weights: a folder with `model.json` and `model.safetensors`, or both in memory. Without them the detector can be trained, and judges nothing. */
  readonly weights?: URL | Artifact;
}

/** A baseline as a detector like any other. */
export function classicDetector(method: Method, { weights }: BaselineOptions = {}): Detector<BaselineEvidence> {
  const load = async ({ loadAsset }: Pick<DetectorContext, 'loadAsset'>): Promise<Model> =>
    modelOf(method, weights instanceof URL ? await loadArtifact(weights, loadAsset) : (weights ?? missing(method.id)));
  // A folder's card is not known yet; its weights say themselves when a picture is too small for them.
  const least = weights && !(weights instanceof URL) ? leastSide(lookIn(weights.card)) : 8;
  return {
    id: method.id,
    description: method.description,
    unit: 'image',
    requires: { minimumSize: { width: least, height: least } },
    byDefault: false,
    open: async context => openOn(method, await load(context), context),
    ...(weights && { card: async context => (await load(context)).card }),
    trainable: trainableOf(method),
  };
}

interface Model extends Fitted {
  readonly card: ModelCard;
  readonly standard: Standard | null;
}

/** @throws ARTIFACT_INVALID */
function modelOf(method: Method, { card, files }: Artifact): Model {
  if (card.detector !== method.id)
    throw new SyntraceError('ARTIFACT_INVALID', { file: 'model.json', detail: `it is of detector ${card.detector}, expected ${method.id}` });
  const look = lookIn(card);
  const { parameters } = card.preprocessing;
  try {
    method.check(parameters as Fitted['parameters']);
  } catch {
    throw new SyntraceError('ARTIFACT_INVALID', { file: 'model.json', detail: `its parameters are not usable: ${JSON.stringify(parameters)}` });
  }
  const tensors = readSafetensors(files.get(MODEL_FILE) ?? new Uint8Array(), MODEL_FILE);
  const hasStandard = look.input === 'dct' || look.input === 'pixels';
  const array = (name: string) => {
    const { data } = tensorIn(tensors, name, 'f32', 1);
    if (data.length === valuesIn(look) && (name !== 'deviation' || data.every(value => value > 0))) return data;
    throw new SyntraceError('ARTIFACT_INVALID', { file: MODEL_FILE, detail: `${name} must hold ${valuesIn(look)} numbers, deviations above 0` });
  };
  const standard = hasStandard ? { mean: array('mean'), deviation: array('deviation') } : null;
  return { card, look, tensors, standard, parameters: parameters as Fitted['parameters'], classes: card.classes?.length ?? 2 };
}

/** @throws ARTIFACT_INVALID */
function lookIn({ preprocessing }: ModelCard): Look {
  const { input, size, colour } = preprocessing as Partial<Look>;
  const isKnown = input !== undefined && ['dct', 'pixels', 'samples', 'csd'].includes(input) && (colour === 'rgb' || colour === 'grey');
  if (isKnown && Number.isSafeInteger(size) && (size! > 0 || input === 'csd')) return { input, size: size!, colour };
  throw new SyntraceError('ARTIFACT_INVALID', { file: 'model.json', detail: `its preprocessing is not usable: ${JSON.stringify(preprocessing)}` });
}

async function openOn(method: Method, model: Model, { kernels }: DetectorContext): Promise<OpenDetector<BaselineEvidence>> {
  const scorer = method.open(model, kernels);
  return {
    detect: async (batch, run) => {
      const scores: Score<BaselineEvidence>[] = [];
      for (const image of batch) scores.push(await judge(image, model, scorer, run));
      return scores;
    },
    explain: (image, run) => explain(image, model, run),
    close: async () => scorer.close(),
  };
}

async function judge(image: Image, { card, look, standard, classes }: Model, scorer: Scorer, run: Run): Promise<Score<BaselineEvidence>> {
  const { width, height } = image;
  const least = leastSide(look);
  if (Math.min(width, height) < least)
    return abstain({ code: 'BASELINE_SMALL', message: `${width}×${height}; these weights judge ${least}×${least} and more` }, { window: null, classes: [] });
  const scores = await scorer.scores(await standardised(await shown(image, look, run), standard, run.kernels));
  const names = card.classes ?? card.labels;
  const evidence: BaselineEvidence = {
    window: look.input === 'csd' ? null : middleOf(image, look.size),
    classes: names.map((name, k) => ({ name, score: scores[k]! })),
  };
  const statements = card.classes ? [`Of the ${classes} classes that it knows it is nearest to ${names[predicted(scores, classes)[0]!]!}.`] : [];
  return { ...scoreOf(marginOf(scores), card, evidence), ...(statements.length > 0 && { statements }) };
}

function missing(id: string): never {
  throw new SyntraceError('MODEL_MISSING', { id, remedy: `Train it: \`syntrace train ${id} DATASET --out DIR\`, then \`--weights DIR\`.` });
}
