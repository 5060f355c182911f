import type { BaselineEvidence } from '@syntrace/baselines';
import { type Artifact, isFailure, type Syntrace } from '@syntrace/core';
import { type Dataset, splitOf } from '@syntrace/datasets';
import type { Input } from '../../input.js';
import { useArtifact } from '../../weights.js';
import { startProgress } from '../progress.js';

/** How many test pictures a classifier gave their class. */
export interface Accuracy {
  readonly dataset: string;
  readonly accuracy: number | null;
  readonly right: number;
  readonly judged: number;
  /** Pictures of generators that it does not know. */
  readonly leftOut: number;
  readonly failed: number;
}

/** Judges the test pictures of a dataset. */
export async function accuracyOn(dataset: Dataset, artifact: Artifact, syntrace: Syntrace<Input>, signal: AbortSignal): Promise<Accuracy> {
  const { detector, classes } = artifact.card;
  useArtifact(syntrace, artifact, 'the classifier');
  const test = splitOf(dataset, 'test');
  const items = test.flatMap(({ path, label, group }) => {
    const truth = classes && label === 1 ? classes.indexOf(group) : label;
    return truth < 0 ? [] : [{ path, truth }];
  });
  let [right, judged, failed] = [0, 0, 0];
  const progress = startProgress('test', items.length);
  try {
    const sources = items.map(({ path }) => path);
    for await (const outcome of syntrace.detectAll(sources, { detectors: [detector], signal })) {
      const taken = isFailure(outcome) ? null : classOf(outcome.detectors[0]!.evidence as BaselineEvidence);
      if (taken === null) {
        failed++;
        console.error(`${outcome.uri}: ${isFailure(outcome) ? outcome.error.message : (outcome.warnings[0]?.message ?? 'abstained')}`);
      } else {
        judged++;
        right += Number(taken === items[outcome.index]!.truth);
      }
      progress.step();
    }
  } finally {
    progress.stop();
  }
  return { dataset: dataset.name, accuracy: judged > 0 ? right / judged : null, right, judged, leftOut: test.length - items.length, failed };
}

/** The largest score, the first of equals; `null` where the picture was not judged. */
function classOf({ classes }: BaselineEvidence): number | null {
  const scores = classes.map(({ score }) => score);
  return scores.length > 0 ? scores.indexOf(Math.max(...scores)) : null;
}

export function sayAccuracy(found: Accuracy, json: boolean): void {
  if (json) console.log(JSON.stringify(found));
  else console.log(`${found.dataset}: accuracy ${found.accuracy?.toFixed(3) ?? '–'} on ${found.judged} test pictures`);
  if (found.leftOut > 0) console.error(`${found.leftOut} pictures of generators that the classifier does not know were left out`);
  if (found.failed > 0) process.exitCode = 1;
}
