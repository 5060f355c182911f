import { readFile } from 'node:fs/promises';
import { isFailure, PLUGIN_CONTRACT, SyntraceError } from '@syntrace/core';
import noisescope, { fingerprintDetector, MATCH_ID, readLibrary } from '@syntrace/detector-noisescope';
import { rowOf } from '../../rows.js';
import { expandInputs } from '../inputs.js';
import { interruptSignal } from '../interrupt.js';
import { openSession, type SessionOptions } from '../open-session.js';
import { writeExplanations } from '../output/pictures.js';
import { prepareFolder } from '../output/prepare.js';
import { rowSink } from '../output/sink.js';

interface MatchOptions extends SessionOptions {
  readonly explain?: string;
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly csv?: boolean;
}

/** Judges single pictures by saved fingerprints, through the same pipeline as `detect`. */
export async function matchCommand(file: string, paths: readonly string[], options: MatchOptions): Promise<void> {
  if (options.explain) await prepareFolder(options.explain);
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new SyntraceError('ARTIFACT_MISSING', { file }, error);
  });
  const library = readLibrary(bytes, file);
  const { sources } = await expandInputs(paths);
  const { syntrace } = await openSession(options);
  syntrace.use({
    name: '@syntrace/detector-noisescope/match',
    version: noisescope.version,
    contract: PLUGIN_CONTRACT,
    detectors: [fingerprintDetector(library)],
  });
  const sink = rowSink(options.ndjson ? 'ndjson' : options.json ? 'json' : options.csv ? 'csv' : 'table');
  let failed = 0;
  for await (const outcome of syntrace.detectAll(sources, { detectors: [MATCH_ID], explain: Boolean(options.explain), signal: interruptSignal() })) {
    sink.row(rowOf(outcome));
    if (isFailure(outcome)) failed++;
    else if (options.explain) await writeExplanations(options.explain, outcome, outcome.index);
  }
  sink.end();
  await syntrace.close();
  process.exitCode = failed > 0 ? 1 : 0;
}
