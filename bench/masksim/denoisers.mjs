// Masks trained and tested on windows of 128 of `bench`, on each front end: AUC of each generator as stored and after JPEG 80, and multiply-adds at 512. The published denoiser is read out of
// the golden data at run time; nothing of it is kept.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { auc as aucOf } from '@syntrace/evaluation';
import { machine } from '../machine.mjs';
import { shared } from './auc.mjs';

const cli = join(import.meta.dirname, '../../packages/syntrace/bin/syntrace.js');
/** Convolutions over what they give, at 512 (src/network/networks.ts). */
const FRONT_ENDS = { DnCNN: '135.8', own: '3.7', wavelet: 'no network' };

export async function denoisers(args) {
  const { values } = parseArgs({
    args,
    options: { set: { type: 'string', default: 'bench' }, window: { type: 'string', default: '128' }, keep: { type: 'string' } },
  });
  const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'masksim-'));
  const data = join(shared, 'data', values.set);
  const results = {};
  for (const name of Object.keys(FRONT_ENDS)) {
    const out = join(folder, name);
    const given = name === 'DnCNN' ? ['--from', join(shared, 'golden/masksim/dncnn.safetensors')] : [];
    const options = [`preprocess=${name}`, `window=${values.window}`, 'looks=1'].flatMap(option => ['--set', option]);
    run(['train', 'masksim', data, '--out', out, '--resume', join(folder, `${name}.checkpoint`), ...given, ...options]);
    const scores = join(folder, `${name}.json`);
    run(['masksim', 'test', join(data, 'test'), '--weights', out, '--quality', '80', '--out', scores]);
    const { conditions } = JSON.parse(readFileSync(scores, 'utf8'));
    results[name] = conditions;
  }
  const generators = [...new Set(results.own[0].rows.flatMap(({ label, group }) => (label === 1 ? [group] : [])))].sort();
  const lines = generators.flatMap(generator =>
    results.own.map(({ condition }, i) => {
      const of = name => {
        const rows = results[name][i].rows.filter(({ group }) => group === generator);
        return aucOf(
          rows.map(({ label, probabilities }) => ({ label, group: '', score: probabilities[generator], probability: null, verdict: 'inconclusive' })),
        );
      };
      return { generator, condition, values: Object.keys(FRONT_ENDS).map(of) };
    }),
  );
  const means = results.own.map(({ condition }) => {
    const own = lines.filter(line => line.condition === condition);
    return { generator: '**mean**', condition, values: own[0].values.map((_, k) => own.reduce((sum, line) => sum + line.values[k], 0) / own.length) };
  });
  const head = `| generator | condition | ${Object.entries(FRONT_ENDS)
    .map(([name, cost]) => `${name} (${cost}${name === 'wavelet' ? '' : ' G'})`)
    .join(' | ')} |\n|---|---|---:|---:|---:|`;
  const rows = [...lines, ...means].map(
    ({ generator, condition, values: each }) => `| ${generator} | ${condition} | ${each.map(value => value.toFixed(3)).join(' | ')} |`,
  );
  process.stdout.write(`${head}\n${rows.join('\n')}\n\n${machine().text}\n`);
  if (!values.keep) rmSync(folder, { recursive: true });
}

function run(args) {
  const { status } = spawnSync(process.execPath, [cli, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  // 1: a picture could not be judged.
  if (status !== 0 && !(status === 1 && args[0] === 'masksim')) throw new Error(`syntrace ${args.join(' ')} ended with ${status}`);
}
