import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RuleResult } from '@syntrace/testkit';
import { grid } from '../output/grid.js';
import { paint } from '../output/terminal.js';
import { startProgress } from '../progress.js';
import type { VerifyMessage, VerifyTask } from './messages.js';

export interface VerifyOptions {
  readonly backend: string;
  readonly memory: number;
  readonly time: number;
  readonly json?: boolean;
}

/** Tests a plugin by the conformance kit in a process of its own. Exit 0: every rule kept, 1: one broken, 2: it could not be loaded. */
export async function verifyCommand(plugin: string, options: VerifyOptions): Promise<void> {
  const { name, version, results, refused } = await verified({ plugin, backend: options.backend, ruleMs: 1000 * Math.min(60, options.time) }, options);
  if (refused) {
    console.error(`${paint(process.stderr, 'red', refused.code)} ${refused.message}`);
    console.error(paint(process.stderr, 'dim', refused.hint));
    process.exitCode = 2;
    return;
  }
  const count = (status: RuleResult['status']) => results.filter(result => result.status === status).length;
  if (options.json) console.log(JSON.stringify({ name, version, results }, null, 2));
  else {
    const mark = { kept: paint(process.stdout, 'green', '✓'), broken: paint(process.stdout, 'red', '✗'), 'left out': '·' };
    const rows = results.map(({ rule, subject, promise, status, detail }) => [mark[status], rule, subject, detail ? `${promise}\n→ ${detail}` : promise]);
    console.log(grid(['', 'rule', 'of', 'promise'], rows));
    console.log(`\n${name} ${version}: ${count('kept')} rules kept, ${count('broken')} broken, ${count('left out')} left out`);
  }
  process.exitCode = count('broken') > 0 ? 1 : 0;
}

interface Verified {
  readonly name: string;
  readonly version: string;
  readonly results: readonly RuleResult[];
  readonly refused?: Extract<VerifyMessage, { type: 'refused' }>['error'];
}

/** Runs the child within its caps; a rule during which it dies or runs out of time is broken. */
function verified(task: VerifyTask, { memory, time }: Pick<VerifyOptions, 'memory' | 'time'>): Promise<Verified> {
  const child = fork(fileURLToPath(new URL('./verify-child.js', import.meta.url)), {
    execArgv: [`--max-old-space-size=${memory}`],
    serialization: 'advanced',
    // What a plugin prints does not mix with the results.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const results: RuleResult[] = [];
  let plan = { name: task.plugin, version: '' };
  let refused: Verified['refused'];
  let current: Extract<VerifyMessage, { type: 'begin' }> | undefined;
  let total = 0;
  let late = false;
  let complaint = '';
  let progress: ReturnType<typeof startProgress> | undefined;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, 1000 * time);
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  child.on('message', (message: VerifyMessage) => {
    if (message.type === 'plan') {
      plan = message;
      total = message.rules;
      progress = startProgress('verifying', total);
    } else if (message.type === 'begin') current = message;
    else if (message.type === 'refused') refused = message.error;
    else {
      results.push(message.result);
      current = undefined;
      progress?.to(results.length, total);
    }
  });
  child.send(task);
  return new Promise(resolve => {
    child.on('close', code => {
      clearTimeout(timer);
      progress?.stop();
      const died = late
        ? `it was stopped after ${time} s`
        : `the process ended with ${code === null ? 'a signal' : `code ${code}`}${outOfMemory(complaint) ? `: more than ${memory} MB of memory` : lastLine(complaint)}`;
      if (current) results.push({ rule: current.rule, subject: current.subject, promise: current.promise, status: 'broken', detail: died, ms: 0 });
      else if (!refused && (code !== 0 || late))
        refused = { code: 'PLUGIN_LOAD', message: `plugin ${task.plugin} could not be loaded: ${died}`, hint: 'Raise --memory or --time if it needs more.' };
      resolve({ name: plan.name, version: plan.version, results, ...(refused && { refused }) });
    });
  });
}

const outOfMemory = (text: string): boolean => /heap out of memory|heap limit/i.test(text);
const lastLine = (text: string): string => (text.trim() ? `: ${text.trim().split('\n').at(-1)}` : '');
