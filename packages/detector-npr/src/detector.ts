import {
  type Artifact,
  type Detector,
  type DetectorContext,
  type Image,
  loadArtifact,
  logistic,
  type OpenDetector,
  type Run,
  type Score,
  SyntraceError,
  scoreOf,
} from '@syntrace/core';
import type { NprEvidence } from './evidence.js';
import { explain } from './explain.js';
import { importable } from './importable.js';
import { logitsOf } from './logits.js';
import { LOOKS, type Look, type Shown, show } from './looks.js';
import { DETECTOR_ID, type Model, modelOf } from './model.js';
import { shippedArtifact } from './shipped.js';
import { trainable } from './train/fit.js';

export interface NprOptions {
  /** Imported or trained weights: a folder with `model.json` and `model.onnx`, or both in memory. Default: those that ship with this package. */
  readonly weights?: URL | Artifact;
  /** Default `tiles`; the others are what the published code does. */
  readonly look?: Look;
}

/** Least side: below, the last stage of the network is a handful of cells. */
const LEAST_SIDE = 32;
const SURE_SIDE = 128;

/** Judges by neighbouring pixel relationships (Tan et al., CVPR 2024). With the shipped weights it judges only when it is named: it needs ONNX Runtime, which is the user's to install.
 *  @throws USAGE for an unknown look */
export function nprDetector({ weights, look = 'tiles' }: NprOptions = {}): Detector<NprEvidence> {
  if (!LOOKS.includes(look)) throw new SyntraceError('USAGE', { detail: `look must be one of ${LOOKS.join(', ')}, received ${String(look)}` });
  const load = async ({ loadAsset }: Pick<DetectorContext, 'loadAsset'>): Promise<Model> =>
    modelOf(weights instanceof URL ? await loadArtifact(weights, loadAsset) : (weights ?? (await shippedArtifact())));
  return {
    id: DETECTOR_ID,
    description: 'Differences between neighbouring pixels inside 2×2 cells, judged by half a ResNet-50: finds what up-sampling inside a generator leaves',
    unit: 'image',
    requires: { minimumSize: { width: LEAST_SIDE, height: LEAST_SIDE } },
    byDefault: weights !== undefined,
    open: async context => openOn(await load(context), look, context),
    card: async context => (await load(context)).card,
    importable,
    trainable,
  };
}

async function openOn(model: Model, look: Look, { models }: DetectorContext): Promise<OpenDetector<NprEvidence>> {
  if (!models)
    throw new SyntraceError('MODEL_RUNTIME_MISSING', {
      detail: 'this host was made without a model runtime',
      remedy: 'In a browser pass `models` of @syntrace/model-runtime to createSyntrace.',
    });
  const session = await models.open(model.file);
  const judge = async (batch: readonly Image[], run: Run) => {
    const shown = await Promise.all(batch.map(image => show(image, look, run)));
    const logits = await logitsOf(shown, session, run);
    return shown.map((each, i) => ({ shown: each, score: scored(each, logits[i]!, look, model, batch[i]!) }));
  };
  return {
    detect: async (batch, run) => (await judge(batch, run)).map(({ score }) => score),
    async explain(image, run) {
      const [judged] = await judge([image], run);
      return explain(judged!.shown, judged!.score.evidence, model.card.threshold, run);
    },
    close: () => session.close(),
  };
}

function scored({ windows }: Shown, logits: Float32Array, look: Look, { card }: Model, { width, height }: Image): Score<NprEvidence> {
  const score = logits.reduce((sum, logit) => sum + logit, 0) / logits.length;
  const tiles = windows.map((window, i) => ({ ...window, score: logits[i]! }));
  const small = look === 'tiles' && Math.min(width, height) < SURE_SIDE;
  const warnings = small ? [{ code: 'NPR_SMALL', message: `below ${SURE_SIDE} samples a side few cells are left to judge by` }] : [];
  const votes = logits.filter(logit => logit > card.threshold).length;
  const statements = tiles.length > 1 ? [`${votes} of ${tiles.length} tiles, taken alone, would be called synthetic.`] : [];
  return { ...scoreOf(score, card, { look, tiles, sigmoid: logistic(score) }, warnings), ...(statements.length > 0 && { statements }) };
}
