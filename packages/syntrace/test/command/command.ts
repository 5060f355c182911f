import { type SpawnOptionsWithoutStdio, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const BIN = fileURLToPath(new URL('../../bin/syntrace.js', import.meta.url));
/** An account without rights, for a parent that has all of them. */
const NOBODY = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;
/** Whether the command runs without rights: not where nobody but root may run Node in this folder. */
export const runsUnprivileged = !isRoot || spawnSync(process.execPath, [BIN, '--version'], NOBODY).status === 0;

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: Uint8Array;
  readonly env?: NodeJS.ProcessEnv;
  /** Without the rights of root, for whom no file is unreadable. */
  readonly unprivileged?: boolean;
  /** Called with everything on standard output so far. */
  readonly onOutput?: (seen: string, child: ReturnType<typeof start>) => void;
}

const start = (args: readonly string[], options: SpawnOptionsWithoutStdio) => spawn(process.execPath, [BIN, ...args], options);

/** Runs the built command to its end. */
export function syntrace(args: readonly string[], { cwd, input, env = {}, unprivileged = false, onOutput }: RunOptions = {}): Promise<Finished> {
  const account = unprivileged && isRoot ? NOBODY : {};
  const child = start(args, { env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '', ...env }, ...(cwd !== undefined && { cwd }), ...account });
  const seen = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    seen.stdout += chunk;
    onOutput?.(seen.stdout, child);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    seen.stderr += chunk;
  });
  // A command that ends without reading its input is judged by its exit code.
  child.stdin.on('error', () => {}).end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve({ code, ...seen }));
  });
}

export interface Line {
  readonly path: string;
  readonly width?: number;
  readonly height?: number;
  readonly verdict?: string;
  readonly probability?: number | null;
  readonly score?: number | null;
  readonly threshold?: number | null;
  readonly realShare?: number | null;
  readonly detectors?: readonly {
    readonly id: string;
    readonly version: string;
    readonly score: number | null;
    readonly probability: number | null;
    readonly ms: number;
  }[];
  readonly warnings?: readonly { readonly code: string; readonly message: string }[];
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string };
}

/** The objects of an NDJSON output. */
export const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Line);

/** Results without how long they took. */
export const untimed = (lines: readonly Line[]): Line[] =>
  lines.map(({ detectors, ...line }) => ({ ...line, ...(detectors && { detectors: detectors.map(detector => ({ ...detector, ms: 0 })) }) }));
