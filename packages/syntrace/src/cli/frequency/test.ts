import { isFailure } from '@syntrace/core';
import { type DatasetItem, openDataset } from '@syntrace/datasets';
import { interruptSignal } from '../interrupt.js';
import { grid } from '../output/grid.js';
import { sayDataset } from '../output/say-dataset.js';
import { startProgress } from '../progress.js';
import { type ClassifierOptions, classOf, openClassifierSession } from './classifier.js';

interface TestOptions extends ClassifierOptions {
  readonly layout?: string;
  readonly json?: boolean;
}

/** Accuracy and confusion matrix of a classifier on a labelled dataset. Exit 1 when a picture could not be judged. */
export async function testCommand(path: string, options: TestOptions): Promise<void> {
  const dataset = await openDataset(path, options.layout === undefined ? {} : { layout: options.layout });
  sayDataset(dataset);
  const { session, classes } = await openClassifierSession(options);
  const items = dataset.items.flatMap(item => {
    const truth = truthOf(item, classes);
    return truth === null ? [] : [{ path: item.path, truth }];
  });
  const unknown = dataset.items.length - items.length;
  const counts = classes.map(() => classes.map(() => 0));
  const failed: { readonly path: string; readonly reason: string }[] = [];
  const progress = startProgress('test', items.length);
  try {
    const sources = items.map(item => item.path);
    for await (const outcome of session.syntrace.detectAll(sources, { detectors: ['frequency'], batch: options.batch, signal: interruptSignal() })) {
      const { path: picture, truth } = items[outcome.index]!;
      const taken = isFailure(outcome) ? null : classOf(outcome);
      if (taken === null) failed.push({ path: picture, reason: isFailure(outcome) ? outcome.error.message : (outcome.warnings[0]?.message ?? 'abstained') });
      else counts[truth]![taken]!++;
      progress.step();
    }
  } finally {
    progress.stop();
    await session.syntrace.close();
  }
  const judged = counts.flat().reduce((sum, count) => sum + count, 0);
  const right = counts.reduce((sum, row, i) => sum + row[i]!, 0);
  const accuracy = judged > 0 ? right / judged : null;
  for (const { path: picture, reason } of failed) console.error(`${picture}: ${reason}`);
  if (unknown > 0) console.error(`${unknown} pictures of generators that the classifier does not know were left out`);
  if (options.json) console.log(JSON.stringify({ classes, counts, accuracy, judged, failed: failed.length, leftOut: unknown }, null, 2));
  else {
    console.log(`accuracy ${accuracy === null ? '–' : accuracy.toFixed(3)} on ${judged} pictures; rows: what it is, columns: what it was taken for\n`);
    const rows = counts.map((row, i) => [
      classes[i]!,
      ...row.map(String),
      row.reduce((a, b) => a + b, 0) > 0 ? (row[i]! / row.reduce((a, b) => a + b, 0)).toFixed(2) : '–',
    ]);
    console.log(grid(['', ...classes, 'recall'], rows));
  }
  process.exitCode = failed.length > 0 ? 1 : 0;
}

/** The class of a picture: real, its generator, or of two classes synthetic; `null` for a generator that the classifier does not know. */
function truthOf({ label, group }: DatasetItem, classes: readonly string[]): number | null {
  if (label === 0 || classes.length === 2) return label;
  const at = classes.indexOf(group);
  return at > 0 ? at : null;
}
