// What the tables of bench/frequency have in common: runs of the built command, and numbers out of them.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolsEnvironment } from '../../scripts/lib/environment.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { run, tail } from '../../scripts/lib/process.mjs';
import { StepError, say } from '../../scripts/lib/say.mjs';

export const shared = process.env.SYNTRACE_SHARED ?? join(root, '../shared');
export const data = name => {
  const folder = join(shared, 'data', name);
  if (!existsSync(folder)) throw new StepError(`${folder} is not there`, 'Set SYNTRACE_SHARED to the folder that holds data/.');
  return folder;
};

/** Runs `syntrace`; exit codes other than 0 end the measurement. */
export async function syntrace(...args) {
  say(`- syntrace ${args.join(' ')}`);
  const { code, stdout, output } = await run(process.execPath, [join(root, 'packages/syntrace/bin/syntrace.js'), ...args, '--concurrency', '1'], {
    env: toolsEnvironment({ NO_COLOR: '1' }),
  });
  if (code !== 0) throw new StepError(`syntrace ${args.join(' ')}\n${tail(output, 20)}`);
  return stdout;
}

/** Weights in a folder of the work, without an abstention band; what was trained before is taken as it is. */
export async function trained(out, sets, options) {
  const folder = join(out);
  if (!existsSync(join(folder, 'model.json'))) {
    mkdirSync(folder, { recursive: true });
    await syntrace(
      'train',
      'frequency',
      ...sets,
      '--out',
      folder,
      ...Object.entries({ abstain: 0, ...options }).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
    );
  }
  return { folder, card: JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) };
}

/** Conditions of an evaluation: as stored, then each perturbation. */
export const evaluated = async (weights, set, perturbations = []) =>
  JSON.parse(await syntrace('eval', set, '--detector', 'frequency', '--weights', weights, '--json', ...perturbations.flatMap(spec => ['--perturb', spec])));

export const aucOf = ({ pooled }) => interval(pooled.metrics.auc);
export const accuracyOf = ({ pooled }) => interval(pooled.metrics.balancedAccuracy);
export const interval = metric => (metric ? `${metric.value.toFixed(2)} (${metric.low.toFixed(2)}–${metric.high.toFixed(2)})` : '–');
export const point = ({ value }) => value.toFixed(2);

/** AUC of a generator against its own photographs. */
export const groupAuc = ({ groups }, name) => groups.find(({ group }) => group === name).own.metrics.auc;

export const markdown = (head, rows) =>
  [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows.map(row => `| ${row.join(' | ')} |`)].join('\n');
