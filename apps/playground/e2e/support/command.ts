import { ndjson, syntrace } from '../../../../scripts/lib/cli/syntrace.mjs';

export interface Row {
  readonly path: string;
  readonly verdict: string;
  readonly score: number | null;
  readonly probability: number | null;
  readonly detectors: readonly { readonly id: string; readonly score: number | null }[];
}

/** What the built command says of the same files. */
export async function detectByCommand(args: readonly string[]): Promise<readonly Row[]> {
  const { stdout } = await syntrace(['detect', ...args, '--ndjson']);
  return ndjson(stdout) as readonly Row[];
}
