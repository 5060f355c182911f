import { paint } from './output/terminal.js';

/** Says on stderr what went wrong and what to do; gives the exit code. */
export async function reportError(error: unknown): Promise<number> {
  const { SyntraceError, messageOf } = await import('@syntrace/core');
  if (!SyntraceError.is(error)) {
    console.error(`${paint(process.stderr, 'red', 'error')} ${messageOf(error)}`);
    if (process.env.SYNTRACE_DEBUG && error instanceof Error) console.error(error.stack);
    return 1;
  }
  console.error(`${paint(process.stderr, 'red', error.code)} ${error.message}`);
  console.error(paint(process.stderr, 'dim', error.hint));
  if (error.code === 'ABORTED') return 130;
  return WRONG_USE.has(error.code) ? 2 : 1;
}

const WRONG_USE = new Set<string>([
  'USAGE',
  'DETECTOR_UNKNOWN',
  'BACKEND_UNKNOWN',
  'BACKEND_UNAVAILABLE',
  'CONFIG_INVALID',
  'ENSEMBLE_INVALID',
  'PLUGIN_LOAD',
  'PLUGIN_INVALID',
  'PLUGIN_CONTRACT',
  'PLUGIN_RANGE',
  'PLUGIN_CLASH',
  'DATASET_INVALID',
  'ARTIFACT_PICKLE',
  'DETECTOR_NOT_TRAINABLE',
  'PROVIDER_UNKNOWN',
  'PROVIDER_UNAVAILABLE',
  'MODEL_MISSING',
  'MODEL_RUNTIME_MISSING',
  'CHECKPOINT_INVALID',
  'CHECKPOINT_UNSAFE',
  'CHECKPOINT_MISMATCH',
  'SERVER_MISSING',
  'SERVER_ADDRESS',
]);
