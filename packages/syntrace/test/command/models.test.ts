import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededFile } from '../../../detector-npr/test/seeded.js';
import { linesOf, syntrace } from './command.js';
import { generatedPng, photoPng } from './files.js';

/** Of a CLIP with other sizes than the published one. */
const [head, clip] = ['head.pth', 'clip-half.pth'].map(name => join(import.meta.dirname, '../../../baselines/test/fixtures', name)) as [string, string];
const root = mkdtempSync(join(tmpdir(), 'syntrace-models-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeAll(async () => {
  const [real, fake] = [await photoPng(1, 96), await generatedPng(2, 96)];
  for (const name of ['ProGAN', 'WFIR'])
    for (const [path, bytes] of [
      [`test/${name}/0_real/a.png`, real],
      [`test/${name}/1_fake/b.png`, fake],
    ] as const) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), bytes);
    }
  writeFileSync(join(root, 'seeded.safetensors'), seededFile(3));
  const { code, stderr } = await syntrace(['models', 'import', 'npr', 'seeded.safetensors', '--out', 'npr', '--licence', 'CC0'], { cwd: root });
  expect([code, stderr]).toEqual([0, '']);
});

describe('models import', () => {
  it('writes a model and its card, which says where it came from', async () => {
    const card = JSON.parse(readFileSync(join(root, 'npr/model.json'), 'utf8'));
    expect(card).toMatchObject({ detector: 'npr', licence: 'CC0', training: { imported: { file: 'seeded.safetensors', layout: 'safetensors' } } });
    expect(card.recorded.output).toHaveLength(2);
    const { code, stdout } = await syntrace(['models', 'verify', 'npr'], { cwd: root });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/✓ +npr +detector npr; model\.onnx: checksums fit/)]);
  });

  it.each<[string, string[], RegExp]>([
    ['what is no checkpoint', ['npr', 'test/ProGAN/0_real/a.png'], /CHECKPOINT_INVALID a\.png is not a usable checkpoint/],
    [
      'a detector without a network',
      ['frequency', 'seeded.safetensors'],
      /"frequency" takes no published weights in a file, only the folder of a SavedModel; those that do: npr, masksim, cnnspot, univfd/,
    ],
    ['weights of another network', ['cnnspot', 'seeded.safetensors'], /CHECKPOINT_MISMATCH seeded\.safetensors.*CNNSpot/],
    ['a head without its encoder', ['univfd', head], /CHECKPOINT_MISMATCH head\.pth.*CLIP ViT-L\/14/],
    ['an encoder of another size', ['univfd', head, '--encoder', clip], /CHECKPOINT_MISMATCH head\.pth.*expected \[1, 768\]/],
    ['an encoder where none is wanted', ['npr', 'seeded.safetensors', '--encoder', clip], /USAGE.*no encoder beside it/],
    ['an address without a checksum', ['npr', 'https://example.org/NPR.pth'], /an address needs --sha256/],
    ['another checksum', ['npr', 'seeded.safetensors', '--sha256', '0'.repeat(64)], /ARTIFACT_CHECKSUM/],
  ])('refuses %s', async (_, args, words) => {
    const { code, stderr } = await syntrace(['models', 'import', ...args, '--out', 'refused'], { cwd: root });
    expect([code, stderr]).toEqual([args.includes('--sha256') ? 1 : 2, expect.stringMatching(words)]);
    expect(existsSync(join(root, 'refused/model.json'))).toBe(false);
  });
});

describe('weights', () => {
  it('make npr one of the detectors, and it alone when named', async () => {
    const run = async (...args: string[]) => linesOf((await syntrace(['detect', 'test/ProGAN/0_real/a.png', '--ndjson', ...args], { cwd: root })).stdout)[0]!;
    expect((await run('--weights', 'npr')).detectors!.map(({ id }) => id)).toContain('npr');
    expect((await run()).detectors!.map(({ id }) => id)).not.toContain('npr');
    const [alone, whole] = [await run('--weights', 'npr', '--detector', 'npr'), await run('--weights', 'npr', '--detector', 'npr', '--look', 'whole')];
    expect(alone).toMatchObject({ probability: null, threshold: 0, detectors: [{ id: 'npr' }] });
    expect(whole.score).toBeCloseTo(alone.score!, 4);
  });

  it.each<[string, string[], RegExp]>([
    ['an unknown provider', ['--weights', 'npr', '--detector', 'npr', '--provider', 'gpu'], /PROVIDER_UNKNOWN.*"gpu"[\s\S]*Here: cuda, cpu/],
    ['a look that nothing takes', ['--look', 'whole'], /--look and --compat are for npr/],
  ])('%s: refused', async (_, args, words) => {
    const { code, stderr } = await syntrace(['detect', 'test/ProGAN/0_real/a.png', ...args], { cwd: root });
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
  });
});

describe('eval --compat --compare', () => {
  it('looks as the published test does, and writes the table in its form beside the published one', async () => {
    mkdirSync(join(root, 'out'), { recursive: true });
    const args = ['eval', 'test', '--detector', 'npr', '--weights', 'npr', '--layout', 'aigcdetectbenchmark', '--compat', '--compare', '--out', 'out'];
    const { code, stdout } = await syntrace(args, { cwd: root });
    expect(code).toBe(0);
    expect(stdout).toMatch(/beside the accuracies of AIGCDetectBenchmark[\s\S]*ProGAN[\s\S]*99\.9/);
    const markdown = readFileSync(join(root, 'out/generators.md'), 'utf8');
    expect(markdown).toMatch(/\| Generator \| Real \| Synthetic \| ACC \| AP \| Real ACC \| Fake ACC \| CNNSpot \|.*\| NPR \|/);
    expect(markdown).toMatch(/\| WFIR \| 1 \| 1 \|.*\| 60\.7 \|/);
    expect(readFileSync(join(root, 'out/generators.csv'), 'utf8').split('\n')).toHaveLength(5);
  });

  it('says which sets have a published test and table', async () => {
    const { code, stderr } = await syntrace(['eval', 'test/ProGAN', '--weights', 'npr', '--detector', 'npr', '--layout', 'two-class', '--compare'], {
      cwd: root,
    });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/no published table for the layout two-class; those that have one: aigcdetectbenchmark/)]);
  });
});
