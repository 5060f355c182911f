// Writes docs/benchmark.md: detector × generator on the test splits, as stored and perturbed, false positives by kind of photograph. Takes whatever detectors
// are registered with a model. Scores are kept in .tools/scores, so that a second run computes nothing again.
//   node scripts/docs-benchmark.mjs [DETECTOR…]      after `npm run build`; ../shared or SYNTRACE_SHARED holds data/
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machine } from '../bench/machine.mjs';
import { CONDITIONS, data, judged, modelled, SETS, verdicts } from './lib/benchmark/evaluate.mjs';
import { bySource } from './lib/benchmark/photographs.mjs';
import { generatorTable, pooledTable, shareOf, table } from './lib/benchmark/tables.mjs';
import { withSection } from './lib/docs-section.mjs';
import { root } from './lib/paths.mjs';
import { isMain, runMain, say, step } from './lib/say.mjs';

const page = join(root, 'docs/benchmark.md');
/** AUC of each generator by weights that have not seen it, where such were made: bench/leave-one-out/run.mjs. */
const leftOutFile = join(root, 'bench/results/leave-one-out.json');

async function main() {
  const given = process.argv.slice(2);
  const detectors = given.length > 0 ? given : await modelled();
  const choices = [{ name: 'default', detector: null, ids: [] }, ...detectors.map(id => ({ name: id, detector: id, ids: [id] }))];
  const leftOut = existsSync(leftOutFile) ? JSON.parse(readFileSync(leftOutFile, 'utf8')) : null;
  const folder = mkdtempSync(join(tmpdir(), 'syntrace-benchmark-'));
  try {
    const sets = {};
    for (const set of SETS) {
      sets[set] = [];
      for (const choice of choices)
        await step(`${set}/test, ${choice.name}`, async () => {
          sets[set].push({ ...choice, ...(await judged(set, choice.ids, join(folder, `${set}-${choice.name}`))) });
        });
    }
    const noisescope = [];
    for (const { name, ids } of choices)
      await step(`bench/noisescope/real, ${name}`, async () => {
        const found = await verdicts(join(data, 'bench/noisescope/real'), ids);
        noisescope.push([
          name,
          found.length,
          shareOf(found.filter(each => each === 'synthetic').length, found.length),
          shareOf(found.filter(each => each === 'inconclusive').length, found.length),
        ]);
      });
    const text = readFileSync(page, 'utf8');
    const about = `${machine().text}; \`node scripts/docs-benchmark.mjs\`, which runs \`syntrace eval SET/test --perturb ${CONDITIONS.slice(1).join(' ')}\` with each detector, and with none named (“default”). 95 % bootstrap intervals within generator and class.`;
    const duplicates = SETS.map(set => `\`${set}\` ${sets[set][0].audit.nearDuplicates.length}`).join(', ');
    const pooled = [
      about,
      ...SETS.map(set => pooledTable(set, sets[set])),
      `Pairs of pictures that look the same in different splits, as the audit finds them: ${duplicates}.`,
    ].join('\n\n');
    const generators = [
      `AUC ${CONDITIONS.join(' / ')}, each generator against its own photographs. Groups are small: at 8 pictures a class an AUC moves by 0.1 to 0.2 by chance.`,
      ...SETS.map(set => generatorTable(set, sets[set], leftOut?.auc)),
    ].join('\n\n');
    const photographs = [
      'Photographs of `more/test` called synthetic, by the repository or package that held them, with 95 % intervals (Wilson):',
      bySource(sets.more, ['as stored', 'jpeg:90']),
      '`bench/noisescope/real`, 400 photographs:',
      table(['', 'photographs', 'called synthetic', 'inconclusive'], noisescope),
    ].join('\n\n');
    writeFileSync(
      page,
      [
        ['pooled', pooled],
        ['generators', generators],
        ['photographs', photographs],
      ].reduce((whole, [name, part]) => withSection(whole, name, part), text),
    );
    say('docs/benchmark.md is written');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (isMain(import.meta.url)) await runMain(main);
