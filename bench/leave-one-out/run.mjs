// Trains a detector once without each family of generators and judges that family by those weights: AUC against its own photographs, as stored and after
// perturbations, into bench/results/leave-one-out.json, which docs/benchmark.md takes up. Features are kept, and families that are there already are skipped:
// an interrupted run goes on.
//   node bench/leave-one-out/run.mjs --detector ID [--only GENERATOR]… [--set NAME=VALUE]…      after `npm run build`; ../shared or SYNTRACE_SHARED holds data/
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CONDITIONS, data, familyOf, SETS, syntrace } from '../../scripts/lib/benchmark/evaluate.mjs';
import { root, tools } from '../../scripts/lib/paths.mjs';
import { isMain, runMain, step } from '../../scripts/lib/say.mjs';
import { machine } from '../machine.mjs';

const file = join(root, 'bench/results/leave-one-out.json');

const groupsOf = set => readdirSync(join(data, set, 'test')).filter(name => existsSync(join(data, set, 'test', name, '1_fake')));

/** Families by the generators in them, each with the sets that hold it. */
function families() {
  const found = new Map();
  for (const set of SETS)
    for (const group of groupsOf(set)) {
      const family = familyOf(group);
      found.set(family, [...(found.get(family) ?? []), { set, group }]);
    }
  return found;
}

async function main() {
  const { values } = parseArgs({
    options: { detector: { type: 'string' }, only: { type: 'string', multiple: true }, set: { type: 'string', multiple: true } },
  });
  const { detector, only, set: settings = [] } = values;
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { conditions: CONDITIONS, auc: {} };
  known.auc[detector] ??= {};
  const own = known.auc[detector];
  const checkpoint = join(tools, 'leave-one-out', `${detector}.checkpoint`);
  mkdirSync(join(tools, 'leave-one-out'), { recursive: true });
  for (const [family, members] of families()) {
    if (only && !members.some(({ group }) => only.includes(group))) continue;
    if (members.every(({ set, group }) => own[set]?.[group])) continue;
    await step(`${detector} without ${family}`, async () => {
      const weights = mkdtempSync(join(tmpdir(), 'syntrace-left-out-'));
      try {
        const leftOut = [...new Set(members.map(({ group }) => group))].flatMap(group => ['--leave-out', group]);
        const sets = SETS.map(set => join(data, set));
        await syntrace(['train', detector, ...sets, ...leftOut, ...settings.flatMap(each => ['--set', each]), '--resume', checkpoint, '--out', weights]);
        for (const { set, group } of members) {
          const words = ['--detector', detector, '--weights', weights, '--perturb', ...CONDITIONS.slice(1), '--no-audit', '--json'];
          const results = JSON.parse(await syntrace(['eval', join(data, set, 'test', group), ...words]));
          own[set] ??= {};
          own[set][group] = results.map(({ pooled }) => pooled.metrics.auc?.value ?? null);
        }
      } finally {
        rmSync(weights, { recursive: true, force: true });
      }
      writeFileSync(file, `${JSON.stringify({ ...known, machine: machine().text }, null, 2)}\n`);
    });
  }
}

if (isMain(import.meta.url)) await runMain(main);
