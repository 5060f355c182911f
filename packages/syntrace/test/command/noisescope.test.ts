import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Image } from '@syntrace/core';
import { encodePng } from '@syntrace/image-io';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { framePattern, picture } from '../../../detector-noisescope/test/pictures.js';
import { linesOf, syntrace } from './command.js';

const SIDE = 48;
const png = ({ width, height, data }: Image) => encodePng({ width, height, data });

/** Photographs to compare with, and a pile of 30 generated and 30 others in labelled folders. */
async function fill(root: string): Promise<void> {
  const pattern = framePattern(1, 5, SIDE);
  for (const [folder, from, count, own] of [
    ['photographs', 1000, 110],
    ['pile/1_fake', 1, 30, pattern],
    ['pile/0_real', 500, 30],
  ] as const) {
    mkdirSync(join(root, folder), { recursive: true });
    for (let i = 0; i < count; i++) writeFileSync(join(root, folder, `${String(i).padStart(3, '0')}.png`), await png(picture(from + i, own, SIDE)));
  }
}

const SMALL = ['--group-size', '5', '--seed', '3'];
const CLUSTER = ['--minimum-cluster', '15', '--sample', '15'];
let root: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'syntrace-noisescope-'));
  await fill(root);
  const { code, stdout, stderr } = await syntrace(['noisescope', 'prepare', '--reference', join(root, 'photographs'), '--out', join(root, 'prep'), ...SMALL]);
  expect([code, stderr.includes('NOISESCOPE_FEW_GROUPS')]).toEqual([0, true]);
  expect(stdout).toMatch(/110 reference photographs of 48×48\nT_merge /);
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const cluster = (...more: string[]) => syntrace(['noisescope', 'cluster', join(root, 'pile'), '--prepared', join(root, 'prep'), ...CLUSTER, ...more]);

describe('noisescope cluster', () => {
  it('judges a pile, and leaves results, evidence and one offline page', async () => {
    const [out, explain, report] = ['found', 'why', 'page.html'].map(name => join(root, name)) as [string, string, string];
    const { code, stdout, stderr } = await cluster('--ndjson', '--out', out, '--explain', explain, '--report', report);
    expect(code).toBe(0);
    const lines = linesOf(stdout);
    const synthetic = lines.filter(({ verdict }) => verdict === 'synthetic');
    expect(lines).toHaveLength(60);
    expect(synthetic.filter(({ path }) => path.includes('1_fake')).length).toBeGreaterThanOrEqual(27);
    expect(synthetic.filter(({ path }) => path.includes('0_real')).length).toBeLessThanOrEqual(2);
    expect(stderr).toMatch(/precision .* recall .* F1 /);
    expect(readdirSync(out)).toEqual(
      expect.arrayContaining([
        'merges.ndjson',
        'clusters.csv',
        'decisions.csv',
        'fingerprints.safetensors',
        'fingerprint-1.members.png',
        'pce',
        'summary.json',
      ]),
    );
    expect(readdirSync(explain).filter(name => name.endsWith('.noisescope.peak.png'))).toHaveLength(synthetic.length);
    const page = readFileSync(report, 'utf8');
    expect(page).not.toMatch(/(src|href)=["']https?:/);
    expect(page.match(/<li class="card /g)).toHaveLength(60);
    expect(page).toContain('Members of its cluster');
    expect(page).toContain('Correlation with the fingerprint');
  });

  it('goes on with finished blocks, and only with those of the same pile', async () => {
    const [blocks, journal] = [['--block-size', '20', '--csv'], join(root, 'blocks.ndjson')];
    const [first, again] = [await cluster(...blocks, '--resume', journal), await cluster(...blocks, '--resume', journal)];
    expect([first.code, again.stdout]).toEqual([0, first.stdout]);
    expect(readFileSync(journal, 'utf8').trim().split('\n')).toHaveLength(4);
    expect((await cluster('--block-size', '30', '--resume', journal)).stderr).toMatch(/belongs to a run with other settings/);
    expect((await cluster('--resume', journal)).stderr).toMatch(/give --block-size too/);
  });
});

describe('the published options', () => {
  it('residual folders beside picture folders are filled once, and read afterwards', async () => {
    const folder = (name: string) => join(root, name);
    const published = ['--refer_img_dir', folder('photographs'), '--refer_res_dir', folder('res'), '--img_dim', String(SIDE), ...SMALL];
    const first = await syntrace([
      'noisescope',
      'prepare',
      ...published,
      '--real_img_dir',
      folder('pile/0_real'),
      '--real_res_dir',
      folder('res-real'),
      '--out',
      folder('prep-2'),
    ]);
    expect([first.code, first.stderr.match(/residuals of .* written to/g)?.length]).toEqual([0, 2]);
    expect(readdirSync(folder('res'))).toHaveLength(110);
    const again = await syntrace(['noisescope', 'prepare', ...published, '--out', folder('prep-3')]);
    expect(again.stderr).toMatch(/110 residuals of reference photographs read from/);
    expect(again.stdout).toBe(first.stdout);
    const args = [
      '--real_res_dir',
      folder('res-real'),
      '--num_real',
      '20',
      '--outlier_model_path',
      folder('prep-3'),
      '--pce_thre',
      '9.77',
      '--img_dim',
      String(SIDE),
    ];
    const detected = await syntrace(['noisescope', 'cluster', ...args, '--result_dir', folder('result'), '--ndjson']);
    expect([detected.code, linesOf(detected.stdout).length]).toEqual([0, 20]);
    expect(JSON.parse(readFileSync(join(folder('result'), 'summary.json'), 'utf8')).mergeThreshold).toBe(9.77);
  });
});
