import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadArtifact, SyntraceError } from '@syntrace/core';
import { interruptSignal } from '../interrupt.js';
import { openSession } from '../open-session.js';
import { accuracyOn, sayAccuracy } from './accuracy.js';
import { type BaselineCommandOptions, datasetsIn, withJobs } from './choices.js';

interface TestOptions extends BaselineCommandOptions {
  readonly classifierName: string;
}

/** Judges the test pictures of one dataset with a kept classifier. */
export async function testCommand(options: TestOptions): Promise<void> {
  if (options.datasets?.length !== 1) throw new SyntraceError('USAGE', { detail: `test takes one dataset, received ${options.datasets?.length ?? 0}` });
  const [dataset] = await datasetsIn(options);
  const { syntrace, loadAsset } = await openSession(withJobs(options));
  try {
    const artifact = await loadArtifact(pathToFileURL(`${resolve(join(options.outputDir, options.classifierName))}/`), loadAsset);
    sayAccuracy(await accuracyOn(dataset!, artifact, syntrace, interruptSignal()), options.json ?? false);
  } finally {
    await syntrace.close();
  }
}
