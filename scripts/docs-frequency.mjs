// Writes the tables of scores in packages/detector-frequency/README.md from runs of `syntrace eval`.
//   node scripts/docs-frequency.mjs [frequency] [residuals]      after `npm run build`; ../shared or SYNTRACE_SHARED holds data/
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine } from '../bench/machine.mjs';
import { withSection } from './lib/docs-section.mjs';
import { toolsEnvironment } from './lib/environment.mjs';
import { root } from './lib/paths.mjs';
import { run, tail } from './lib/process.mjs';
import { isMain, runMain, StepError, say } from './lib/say.mjs';

const readme = join(root, 'packages/detector-frequency/README.md');
const data = join(process.env.SYNTRACE_SHARED ?? join(root, '../shared'), 'data');
const sets = [
  { name: 'bench', about: '7 generators, 256×256' },
  { name: 'bench512', about: '512×512 JPEG pictures, 7 generators; content differs between the classes' },
  { name: 'more', about: '31 families' },
];

/** By detector: the section of the README, and the conditions beside `as stored`. */
const tables = {
  frequency: { section: 'scores', options: ['--perturb', 'jpeg:90', '--baseline'] },
  residuals: { section: 'residuals-scores', options: ['--perturb', 'jpeg:90', '--perturb', 'jpeg:60', '--perturb', 'resize:0.5'] },
};

/** The conditions of one test split. */
async function conditionsOf(name, detector) {
  const folder = join(data, name, 'test');
  if (!existsSync(folder)) throw new StepError(`${folder} is not there`, 'Set SYNTRACE_SHARED to the folder that holds data/.');
  const args = [join(root, 'packages/syntrace/bin/syntrace.js'), 'eval', folder, ...tables[detector].options, '--detector', detector, '--json'];
  const { code, stdout, output } = await run(process.execPath, args, { env: toolsEnvironment({ NO_COLOR: '1' }) });
  if (code !== 0) throw new StepError(`syntrace eval ${name}/test failed\n${tail(output, 20)}`);
  return JSON.parse(stdout);
}

const cell = ({ value, low, high }) => `${value.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;

/** AUC of each group against its own photographs, and of all pictures, by condition. */
export function tableOf(conditions) {
  const groups = conditions[0].groups.map(({ group }) => group);
  const row = (label, metricsOf) => `| ${[label, ...conditions.map(each => cell(metricsOf(each).auc))].join(' | ')} |`;
  return [
    `| ${['generator', ...conditions.map(each => each.name)].join(' | ')} |`,
    `|---|${conditions.map(() => '---|').join('')}`,
    row('**all**', each => each.pooled.metrics),
    ...groups.map(name => row(name, each => each.groups.find(({ group }) => group === name).own.metrics)),
  ].join('\n');
}

function sectionOf({ name, about }, conditions) {
  const [{ pooled }] = conditions;
  const own = conditions.filter(each => !each.name.startsWith('sharpness only'));
  const balanced = own.map(each => `${each.name} ${cell(each.pooled.metrics.balancedAccuracy)}`).join(', ');
  const undecided = `${((100 * pooled.counts.inconclusive) / (pooled.counts.real + pooled.counts.synthetic)).toFixed(0)} %`;
  const pictures = `${pooled.counts.real} photographs and ${pooled.counts.synthetic} generated pictures`;
  return `\`${name}/test\`: ${about}; ${pictures}. Balanced accuracy at the shipped threshold: ${balanced}; ${undecided} left inconclusive as stored.\n\n${tableOf(conditions)}`;
}

async function writeTable(detector) {
  const sections = [];
  for (const set of sets) {
    say(`- ${detector}: ${set.name}/test ...`);
    sections.push(sectionOf(set, await conditionsOf(set.name, detector)));
  }
  const { section, options } = tables[detector];
  const about = `AUC with 95 % bootstrap intervals, each generator against its own photographs (${machine().text}; \`node scripts/docs-frequency.mjs ${detector}\`, which runs \`syntrace eval SET/test ${options.join(' ')} --detector ${detector}\`).`;
  writeFileSync(readme, withSection(readFileSync(readme, 'utf8'), section, [about, ...sections].join('\n\n')));
}

async function main() {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find(detector => !Object.hasOwn(tables, detector));
  if (unknown) throw new StepError(`no table of ${unknown}`, `There are ${Object.keys(tables).join(', ')}.`);
  for (const detector of wanted.length > 0 ? wanted : Object.keys(tables)) await writeTable(detector);
  say('packages/detector-frequency/README.md is written');
}

if (isMain(import.meta.url)) await runMain(main);
