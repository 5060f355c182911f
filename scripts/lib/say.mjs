// What the set-up scripts print: one line for each step, its time, and a hint when it could not be done.
import { AsyncLocalStorage } from 'node:async_hooks';
import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** A step that could not be done: what happened, and what the reader can do. */
export class StepError extends Error {
  constructor(message, hint) {
    super(message);
    this.hint = hint;
  }
}

const held = new AsyncLocalStorage();

/** Passes output on: to the screen, or to where {@link holdOutput} keeps it. */
export function write(text, stream = 'stdout') {
  const texts = held.getStore();
  if (texts) texts.push(text);
  else process[stream].write(text);
}

/** Runs `work` with what it and its commands print kept back, and prints that in one piece at its end: two at once stay readable. */
export async function holdOutput(work, show = write) {
  const texts = [];
  try {
    return await held.run(texts, work);
  } finally {
    show(texts.join(''));
  }
}

export function say(text = '') {
  write(`${text}\n`);
}

/** A warning that nobody should miss. */
export function warn(text, hint) {
  say(`!! ${text}`);
  if (hint) for (const line of hint.split('\n')) say(`   ${line}`);
}

export function seconds(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const whole = Math.round(ms / 1000);
  return whole < 60 ? `${(ms / 1000).toFixed(1)} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Runs `work` and says how long it took; an error is let through, and `{ ok: false }` or `false` as a result is called a failure. */
export async function step(title, work) {
  say(`- ${title} ...`);
  const start = performance.now();
  const took = word => say(`  ${word} ${seconds(performance.now() - start)}`);
  try {
    const result = await work();
    took(result === false || result?.ok === false ? 'failed after' : 'done in');
    return result;
  } catch (error) {
    took('failed after');
    throw error;
  }
}

/** Runs a script's `main` and turns a StepError into its message, hint and exit code 1. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    warn(error.message, error.hint);
    process.exitCode = 1;
  }
}

/** Whether the module with this `import.meta.url` is the script that node was started with. */
export function isMain(url) {
  return process.argv[1] !== undefined && url === pathToFileURL(realpathSync(process.argv[1])).href;
}
