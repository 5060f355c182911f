import {
  type CheckpointTensor,
  equalSpacedQuantiles,
  type Importable,
  type ImportableFiles,
  type ImportTools,
  logit,
  type ModelCard,
  type Proof,
  quantileOf,
  type RecordedRun,
  type ScoreMeaning,
  type StoredTensor,
  SyntraceError,
  seededState,
  sha256,
  writeSafetensors,
} from '@syntrace/core';
import { shareBelow } from '../judge/near.js';
import { type Heads, wholeHeads } from '../model/heads.js';
import { DETECTOR_ID, type DenoiserCards, MASKS_FILE, type WindowCard } from '../model/model.js';
import { centredState } from '../network/centre.js';
import { CENTRED, DNCNN, marginOf } from '../network/networks.js';
import { publishedModel } from './checkpoint.js';
import proof from './proof.json' with { type: 'json' };
import { joinedNegatives, type Negatives, readNegatives } from './tables.js';

const LEVELS = 255;
/** The least input of the denoiser that leaves a little plane. */
const RECORDED_SHAPE = [1, 3, 36, 36];
const QUANTILES = 101;
/** Share of the real photographs of the tables below the threshold: the published "likely". */
const REAL_SHARE = 0.95;
const MARGIN = marginOf(CENTRED);
/** Without tables the published rule decides: a logit above 0. */
const UNCALIBRATED: ScoreMeaning = { threshold: 0, abstention: null, calibration: null, realScoreQuantiles: [] };

/** The published denoiser as weights to begin a training with. */
export const importableDenoiser: Importable = {
  network: DNCNN,
  ignored: [],
  proof: { seed: proof.seed, run: proof.run as RecordedRun },
  recordedShape: RECORDED_SHAPE,
  card: from => ({ ...cardOf(`imported denoiser ${from.file}`), training: { imported: from } }),
};

/** Published checkpoints: one `.ckpt`, or a whole `checkpoints/` folder with the calibration tables somewhere in it (specification, sections 6 and 8). */
export const importableFiles: ImportableFiles = {
  reads: path => /\.(ckpt|csv)$/i.test(path),
  async take(files, name, tools) {
    const found = await proven(tools);
    const models = newest([...files].filter(([path]) => !path.endsWith('.csv'))).map(([generator, path]) => ({ generator, path, bytes: files.get(path)! }));
    if (models.length === 0) throw new SyntraceError('CHECKPOINT_INVALID', { file: name, detail: 'it holds no .ckpt' });
    const denoisers = new Map<string, { readonly file: string; readonly bytes: Uint8Array; readonly recorded: RecordedRun }>();
    const generators: Published[] = [];
    let layout = '';
    for (const { generator, path, bytes } of models) {
      const read = tools.read(bytes, path);
      layout = read.layout;
      const { heads, denoiser } = publishedModel(read.tensors, path);
      const { sha256: sum, bytes: onnx, recorded } = await tools.exported(CENTRED, centredState(fitted(denoiser, tools, path)), RECORDED_SHAPE);
      if (!denoisers.has(sum)) denoisers.set(sum, { file: `denoiser-${generator}.onnx`, bytes: onnx, recorded });
      generators.push({
        generator,
        heads,
        denoiser: denoisers.get(sum)!.file,
        negatives: negativesOf(generator, models, files),
        from: { file: path, sha256: await sha256(bytes) },
      });
    }
    const artifact = await artifactOf(generators, [...denoisers.values()], name);
    const tables = generators.filter(({ negatives }) => negatives.size > 0).length;
    return { artifact, layout: `${layout}; ${generators.length} generators, ${tables} of them with calibration tables`, proof: found };
  },
};

interface Published {
  readonly generator: string;
  readonly heads: Omit<Heads, 'negatives'>;
  readonly denoiser: string;
  readonly negatives: Negatives;
  readonly from: { readonly file: string; readonly sha256: string };
}

/** The denoiser with seeded weights, folded and centred, must answer as PyTorch does in float64. */
function proven(tools: ImportTools): Promise<Proof> {
  const seeded = new Map(seededState(DNCNN, proof.seed));
  // The folded network takes levels.
  const first = seeded.get('0.weight')!;
  seeded.set('0.weight', { ...first, data: first.data.map(value => value * LEVELS) });
  return tools.prove(CENTRED, centredState(seeded), proof.run as RecordedRun);
}

const fitted = (denoiser: ReadonlyMap<string, CheckpointTensor>, tools: ImportTools, path: string): ReadonlyMap<string, StoredTensor<'f32'>> =>
  tools.fit(denoiser, DNCNN, path);

/** Of each class the checkpoint of the last epoch, as `<class>-epoch=NN-….ckpt` tells it; files with other names are a class of their own. */
function newest(files: readonly (readonly [path: string, bytes: Uint8Array])[]): readonly (readonly [generator: string, path: string])[] {
  const found = new Map<string, readonly [epoch: number, path: string]>();
  for (const [path] of files) {
    const stem = path
      .split('/')
      .at(-1)!
      .replace(/\.[^.]+$/, '');
    const [, generator = stem, epoch = '-1'] = /^(.+?)-epoch=(\d+)/.exec(stem) ?? [];
    const name = generator.replace(/[^\w.-]+/g, '_');
    if (Number(epoch) >= (found.get(name)?.[0] ?? -1)) found.set(name, [Number(epoch), path]);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([generator, [, path]]) => [generator, path] as const);
}

/** The tables whose path names a generator as a word, or nothing. `all_to_max.csv` is not read: it is made again of all tables. */
function negativesOf(generator: string, models: readonly { readonly generator: string }[], files: ReadonlyMap<string, Uint8Array>): Negatives {
  const own = [...files].filter(([path]) => /\.csv$/i.test(path) && !/all_to_max/i.test(path) && wordsOf(path).includes(generator.toLowerCase()));
  if (own.length === 0 && models.length === 1)
    return joinedNegatives([...files].filter(([path]) => /\.csv$/i.test(path)).map(([file, bytes]) => ({ file, rows: readNegatives(bytes, file) })));
  return joinedNegatives(own.map(([file, bytes]) => ({ file, rows: readNegatives(bytes, file) })));
}

const wordsOf = (path: string): readonly string[] => path.toLowerCase().split(/[^a-z0-9]+/);

async function artifactOf(
  generators: readonly Published[],
  denoisers: readonly { readonly file: string; readonly bytes: Uint8Array; readonly recorded: RecordedRun }[],
  name: string,
): ReturnType<ImportableFiles['take']> extends Promise<{ artifact: infer A }> ? Promise<A> : never {
  const windows = [...new Set(generators.map(({ heads }) => heads.height + 2 * MARGIN))];
  const entries: (readonly [string, StoredTensor])[] = [];
  const cards: WindowCard[] = [];
  for (const window of windows) {
    const own = generators
      .filter(({ heads }) => heads.height + 2 * MARGIN === window)
      .map(each => ({ ...each, ascending: Float64Array.from(each.negatives.values()).sort() }));
    for (const { generator, heads, ascending } of own) entries.push(...wholeHeads(`${window}.${generator}`, { ...heads, negatives: ascending }));
    const told = own.map(({ generator, denoiser, ascending }) => ({
      name: generator,
      frontEnd: denoiser,
      real: ascending.length > 0 ? spreadOf(ascending) : null,
    }));
    const rows = [...own[0]!.negatives.keys()].filter(row => own.every(({ negatives }) => negatives.has(row)));
    if (rows.length === 0) {
      cards.push({ window, meaning: UNCALIBRATED, generators: told });
      continue;
    }
    const most = Float64Array.from(rows, row => Math.max(...own.map(({ negatives, ascending }) => shareBelow(ascending, negatives.get(row)!)))).sort();
    entries.push([`${window}.most`, { dtype: 'f64', shape: [most.length], data: most }]);
    const real = rows.map(row => Math.max(...own.map(({ negatives }, i) => (logit(negatives.get(row)!) - told[i]!.real!.mean) / told[i]!.real!.deviation)));
    const sorted = Float64Array.from(real).sort();
    const meaning = { ...UNCALIBRATED, threshold: quantileOf(sorted, REAL_SHARE), realScoreQuantiles: equalSpacedQuantiles(sorted, QUANTILES) };
    cards.push({ window, meaning, generators: told });
  }
  const masks = writeSafetensors(new Map(entries));
  const files = new Map([[MASKS_FILE, masks], ...denoisers.map(({ file, bytes }) => [file, bytes] as const)]);
  const sums = await Promise.all([...files].map(async ([file, bytes]) => [file, await sha256(bytes)] as const));
  const card = cardOf('imported weights');
  const told: DenoiserCards = Object.fromEntries(denoisers.map(({ file, recorded }) => [file, { margin: MARGIN, recorded }]));
  return {
    card: {
      ...card,
      preprocessing: { ...card.preprocessing, windows: cards, denoisers: told },
      ...cards.toSorted((a, b) => b.window - a.window)[0]!.meaning,
      training: { imported: { folder: name, generators: Object.fromEntries(generators.map(({ generator, from }) => [generator, from])) } },
      files: Object.fromEntries(sums),
    },
    files,
  };
}

function spreadOf(probabilities: Float64Array): { readonly mean: number; readonly deviation: number } {
  const logits = probabilities.map(logit);
  const mean = logits.reduce((sum, value) => sum + value, 0) / logits.length;
  const variance = logits.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logits.length;
  return { mean, deviation: Math.max(1e-6, Math.sqrt(variance)) };
}

/** What every imported model's card says. */
const cardOf = (source: string): Omit<ModelCard, 'files' | 'recorded'> => ({
  format: 1,
  detector: DETECTOR_ID,
  version: '1',
  method: `masked spectrum similarity, after Li et al., CVPR workshops 2024 (${source})`,
  preprocessing: {
    crop: 'centre, corner on multiples of 8 samples; never resized',
    planes: 'Y, Cb, Cr of BT.601 in studio range, truncated to whole levels',
    spectrum: 'ln(|orthonormal FFT| + 1e-10) of the residual',
  },
  labels: ['real', 'synthetic'],
  ...UNCALIBRATED,
  trainingData: [],
  training: {},
  measured: {},
  licence: "the checkpoint's own; the published denoiser, of which each published model holds a copy, is for nonprofit use only",
});
