// From a file to an answer at 512×512, with the shipped denoiser and seven masks: Syntrace in Node, and a PyTorch script of the same pipeline. Chromium: test/parity of the package.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import maskSim from '@syntrace/detector-masksim';
import { createSyntrace } from 'syntrace';
import { machine } from '../machine.mjs';
import { shared } from './auc.mjs';

export async function time(args) {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: 'string', default: '5' }, python: { type: 'string', default: 'python3' }, threads: { type: 'string', default: '1' } },
  });
  const [rounds, threads] = [Number(values.rounds), Number(values.threads)];
  const picture = join(shared, 'golden/masksim/fake_512.png');
  const rows = [['Syntrace in Node', await ours(picture, rounds, threads)]];
  const folder = mkdtempSync(join(tmpdir(), 'masksim-'));
  for (const network of ['own', 'DnCNN']) {
    const out = join(folder, 'peer.json');
    const { status, stderr } = spawnSync(
      values.python,
      [join(import.meta.dirname, 'masksim_peer.py'), picture, network, String(rounds), String(threads), out],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
    rows.push([`PyTorch, ${network}`, JSON.parse(readFileSync(out, 'utf8'))]);
  }
  rmSync(folder, { recursive: true });
  const lines = rows.map(([name, { seconds, cpu }]) => `| ${name} | ${seconds.toFixed(2)} | ${cpu.toFixed(2)} |`);
  process.stdout.write(`| | seconds, best | processor seconds |\n|---|---:|---:|\n${lines.join('\n')}\n\n${threads} threads; ${machine().text}\n`);
}

async function ours(picture, rounds, threads) {
  const syntrace = createSyntrace({ bare: true, plugins: [maskSim], concurrency: threads });
  const found = [];
  for (let i = 0; i <= rounds; i++) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    await syntrace.detect(picture, { detectors: ['masksim'] });
    const { user, system } = process.cpuUsage(used);
    if (i > 0) found.push({ seconds: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 });
  }
  await syntrace.close();
  return { seconds: Math.min(...found.map(each => each.seconds)), cpu: Math.min(...found.map(each => each.cpu)) };
}
