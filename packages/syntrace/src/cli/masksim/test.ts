import { writeFile } from 'node:fs/promises';
import { isFailure } from '@syntrace/core';
import { type DatasetItem, openDataset, parsePerturbations, perturbedInput } from '@syntrace/datasets';
import type { MaskSimEvidence } from '@syntrace/detector-masksim';
import { interruptSignal } from '../interrupt.js';
import { openSession, type Session, type SessionOptions } from '../open-session.js';
import { grid } from '../output/grid.js';
import { prepareFile } from '../output/prepare.js';
import { sayDataset } from '../output/say-dataset.js';
import { startProgress } from '../progress.js';
import { type Figures, type Judged, meanOf, oneClass, VIEWS, type View, viewOf } from './views.js';

interface TestOptions extends SessionOptions {
  readonly layout?: string;
  readonly quality?: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
}

/** What synthbuster calls the generators of the published models. */
const PUBLISHED_NAMES: Readonly<Record<string, string>> = {
  'stable-diffusion-1-3': 'sd1',
  'stable-diffusion-1-4': 'sd1',
  'stable-diffusion-2': 'sd2',
  'stable-diffusion-xl': 'sdxl',
  'midjourney-v5': 'midjourney',
};

interface Condition {
  readonly name: string;
  readonly rows: readonly (Judged & { readonly path: string; readonly resembles: string })[];
  readonly failed: readonly string[];
}

/** Every model's probability for every picture, as stored and after JPEG, in the published views. Exit 1 when a picture could not be judged. */
export async function testCommand(path: string, options: TestOptions): Promise<void> {
  if (options.out) await prepareFile(options.out);
  const dataset = await openDataset(path, options.layout === undefined ? {} : { layout: options.layout });
  sayDataset(dataset);
  const session = await openSession(options);
  const conditions: Condition[] = [];
  try {
    conditions.push(await judged('as stored', dataset.items, session, null));
    for (const quality of options.quality ?? []) {
      const [perturbation] = parsePerturbations(`jpeg:${quality}`);
      conditions.push(await judged(perturbation!.name, dataset.items, session, perturbation!));
    }
  } finally {
    await session.syntrace.close();
  }
  for (const line of conditions.flatMap(({ failed }) => failed)) console.error(line);
  const tables = conditions.map(({ name, rows }) => ({
    condition: name,
    pictures: rows.length,
    views: viewsOf(rows),
    oneClass: nested(oneClass(rows)),
    attribution: attributionOf(rows),
  }));
  if (options.out)
    await writeFile(options.out, `${JSON.stringify({ conditions: conditions.map(({ name, rows }) => ({ condition: name, rows })), tables }, null, 2)}\n`);
  if (options.json) console.log(JSON.stringify(tables, null, 2));
  else console.log(conditions.map(wordsOf).join('\n\n'));
  process.exitCode = conditions.some(({ failed }) => failed.length > 0) ? 1 : 0;
}

async function judged(
  name: string,
  items: readonly DatasetItem[],
  { syntrace, limits }: Session,
  perturbation: Parameters<typeof perturbedInput>[1] | null,
): Promise<Condition> {
  const kernels = await syntrace.kernels();
  const sources = items.map(({ path }) => (perturbation ? perturbedInput(path, perturbation, kernels, limits) : path));
  const [rows, failed]: [Condition['rows'][number][], string[]] = [[], []];
  const progress = startProgress(name, items.length);
  try {
    for await (const outcome of syntrace.detectAll(sources, { detectors: ['masksim'], signal: interruptSignal() })) {
      const { path, label, group } = items[outcome.index]!;
      const evidence = isFailure(outcome) ? null : (outcome.detectors[0]!.evidence as MaskSimEvidence);
      if (!evidence || evidence.generators.length === 0)
        failed.push(`${path}: ${isFailure(outcome) ? outcome.error.message : (outcome.warnings[0]?.message ?? 'abstained')}`);
      else {
        const probabilities = Object.fromEntries(evidence.generators.map(({ generator, probability }) => [generator, probability]));
        rows.push({ path, label, group: PUBLISHED_NAMES[group] ?? group, probabilities, resembles: evidence.resembles });
      }
      progress.step();
    }
  } finally {
    progress.stop();
  }
  return { name, rows, failed };
}

const NAMES = Object.keys(VIEWS) as readonly View[];
const viewsOf = (rows: Condition['rows']) => Object.fromEntries(NAMES.map(view => [view, Object.fromEntries(viewOf(rows, view))]));
const nested = (all: ReadonlyMap<string, ReadonlyMap<string, Figures>>) =>
  Object.fromEntries([...all].map(([model, figures]) => [model, Object.fromEntries(figures)]));

/** Of each group's generated pictures, and of all real ones, how many resemble which generator. */
function attributionOf(rows: Condition['rows']): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const counts: Record<string, Record<string, number>> = {};
  for (const { label, group, resembles } of rows) {
    const of = label === 1 ? group : 'real';
    counts[of] = { ...counts[of], [resembles]: (counts[of]?.[resembles] ?? 0) + 1 };
  }
  return counts;
}

const HEAD = ['generator', 'real', 'generated', 'AUROC', 'accuracy', 'MCC', 'best MCC'];
const percent = (value: number | null) => (value === null ? '–' : value.toFixed(1));
const cellsOf = ({ real, generated, auroc, accuracy, mcc, bestMcc }: Figures) => [
  String(real),
  String(generated),
  percent(auroc),
  percent(accuracy),
  percent(mcc),
  percent(bestMcc),
];

function wordsOf({ name, rows }: Condition): string {
  const views = NAMES.flatMap(view => {
    const figures = viewOf(rows, view);
    if (figures.size === 0) return [];
    const lines = [...figures].map(([generator, each]) => [generator, ...cellsOf(each)]);
    return [`${name}, ${view}: ${VIEWS[view]}\n${grid(HEAD, [...lines, ['mean', ...cellsOf(meanOf(figures.values()))]])}`];
  });
  const matrix = oneClass(rows);
  const columns = [...(matrix.values().next().value?.keys() ?? [])];
  const lines = [...matrix].map(([model, figures]) => [model, ...columns.map(column => percent(figures.get(column)!.auroc))]);
  const attribution = Object.entries(attributionOf(rows)).map(([group, counts]) => [
    group,
    Object.entries(counts)
      .toSorted(([, a], [, b]) => b - a)
      .map(([found, count]) => `${found} ${count}`)
      .join(', '),
  ]);
  return [
    ...views,
    `${name}, one-class: AUROC of each model (rows) against each generator (columns)\n${grid(['model', ...columns], lines)}`,
    `${name}: pictures resemble\n${grid(['of', ''], attribution)}`,
  ].join('\n\n');
}
