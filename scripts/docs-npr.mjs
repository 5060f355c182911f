// Writes the tables of scores in packages/detector-npr/README.md from runs of `syntrace eval` on the shipped weights.
//   node scripts/docs-npr.mjs      after `npm run build`; ../shared or SYNTRACE_SHARED holds data/; needs onnxruntime-node
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine } from '../bench/machine.mjs';
import { tableOf } from './docs-frequency.mjs';
import { withSection } from './lib/docs-section.mjs';
import { toolsEnvironment } from './lib/environment.mjs';
import { root } from './lib/paths.mjs';
import { run, tail } from './lib/process.mjs';
import { isMain, runMain, StepError, say } from './lib/say.mjs';

const readme = join(root, 'packages/detector-npr/README.md');
const data = join(process.env.SYNTRACE_SHARED ?? join(root, '../shared'), 'data');
const sets = ['bench', 'bench512', 'more'];
const perturbations = ['jpeg:90', 'jpeg:60', 'resize:0.5'];
const words = ['eval', 'SET/test', ...perturbations.flatMap(each => ['--perturb', each]), '--detector', 'npr', '--json'];

async function conditionsOf(name) {
  const folder = join(data, name, 'test');
  if (!existsSync(folder)) throw new StepError(`${folder} is not there`, 'Set SYNTRACE_SHARED to the folder that holds data/.');
  const args = [join(root, 'packages/syntrace/bin/syntrace.js'), ...words.map(word => (word === 'SET/test' ? folder : word))];
  const { code, stdout, output } = await run(process.execPath, args, { env: toolsEnvironment({ NO_COLOR: '1' }) });
  if (code !== 0) throw new StepError(`syntrace eval ${name}/test failed\n${tail(output, 20)}`);
  say(`- ${name}/test`);
  return JSON.parse(stdout);
}

const interval = ({ value, low, high }) => `${value.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
const share = (right, wrong) => (right / (right + wrong)).toFixed(2);

/** Pooled figures of a set, a row a condition. */
function rowsOf(name, conditions) {
  return conditions.map(({ name: condition, pooled: { metrics, confusion } }) => {
    const { truePositives, falsePositives, trueNegatives, falseNegatives } = confusion;
    const accuracies = [share(trueNegatives, falsePositives), share(truePositives, falseNegatives)];
    return `| ${[`\`${name}\``, condition, interval(metrics.auc), ...accuracies].join(' | ')} |`;
  });
}

async function main() {
  const results = await Promise.all(sets.map(conditionsOf));
  const rows = sets.flatMap((name, i) => rowsOf(name, results[i]));
  const groups = sets.map((name, i) => `\`${name}/test\`, AUC of each generator against its own photographs:\n\n${tableOf(results[i])}`);
  const about = `All pictures of the test splits, AUC with 95 % bootstrap intervals; accuracies on real and generated pictures at the shipped threshold (${machine().text}; \`node scripts/docs-npr.mjs\`, which runs \`syntrace ${words.join(' ')}\`).`;
  const head = ['| set | condition | AUC | real accuracy | fake accuracy |', '|---|---|---|---|---|'];
  writeFileSync(readme, withSection(readFileSync(readme, 'utf8'), 'scores', [about, [...head, ...rows].join('\n'), ...groups].join('\n\n')));
  say('packages/detector-npr/README.md is written');
}

if (isMain(import.meta.url)) await runMain(main);
