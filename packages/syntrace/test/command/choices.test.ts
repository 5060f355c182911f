import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { linesOf, syntrace } from './command.js';
import { type Leaf, makeTree, photoPng, pluginSource } from './files.js';

const tree = async (more: Readonly<Record<string, Leaf>> = {}) =>
  makeTree({ 'a.png': await photoPng(1), 'b.png': await photoPng(2), 'plugin.mjs': pluginSource(), ...more });
const judge = (cwd: string, ...args: readonly string[]) => syntrace(['detect', 'a.png', 'b.png', '--ndjson', ...args], { cwd });
const idsOf = (stdout: string) => linesOf(stdout).map(line => line.detectors?.map(detector => detector.id).sort());

describe('--detector and --plugin', () => {
  it('judge with what a plugin brings, by path', async () => {
    const { code, stdout } = await judge(await tree(), '--plugin', './plugin.mjs', '--detector', 'first-sample');
    expect(code).toBe(0);
    expect(linesOf(stdout)[0]).toMatchObject({ threshold: 0, detectors: [{ id: 'first-sample', version: '1.2.3' }] });
  });

  it('find a plugin by package name from the working folder', async () => {
    const manifest = JSON.stringify({ name: 'syntrace-plugin-test', type: 'module', exports: './index.js' });
    const root = await tree({
      'node_modules/syntrace-plugin-test/package.json': manifest,
      'node_modules/syntrace-plugin-test/index.js': pluginSource({ id: 'packed' }),
    });
    const { code, stdout } = await judge(root, '--plugin', 'syntrace-plugin-test', '--detector', 'packed');
    expect(code).toBe(0);
    expect(idsOf(stdout)).toEqual([['packed'], ['packed']]);
  });

  it('find a plugin in its own folder', async () => {
    const manifest = JSON.stringify({ name: '@me/own', type: 'module', exports: './main.js' });
    const root = await tree({ 'own/package.json': manifest, 'own/main.js': pluginSource({ id: 'own' }) });
    const { code, stdout } = await judge(root, '--plugin', './own', '--detector', 'own');
    expect(code).toBe(0);
    expect(idsOf(stdout)).toEqual([['own'], ['own']]);
  });

  it('given twice make an ensemble of equal weights', async () => {
    const { code, stdout } = await judge(await tree(), '--plugin', './plugin.mjs', '--detector', 'first-sample', '--detector', 'frequency');
    expect(code).toBe(0);
    expect(idsOf(stdout)).toEqual([
      ['first-sample', 'frequency'],
      ['first-sample', 'frequency'],
    ]);
    for (const { score, detectors } of linesOf(stdout)) {
      const logit = (p: number) => Math.log(p / (1 - p));
      const mean = detectors!.reduce((sum, { probability }) => sum + logit(Math.min(1 - 1e-6, Math.max(1e-6, probability!))), 0) / 2;
      expect(score).toBeCloseTo(mean, 6);
    }
  });

  it.each([
    ['an unknown detector, with the nearest name', ['--detector', 'frequncy'], /DETECTOR_UNKNOWN .*did you mean "frequency"/],
    ['a plugin that is not there', ['--plugin', './none.mjs'], /PLUGIN_LOAD .*none\.mjs/],
    ['a module that exports none', ['--plugin', './empty.mjs'], /PLUGIN_LOAD .*exports no plugin/],
    ['a plugin of another contract, naming both', ['--plugin', './future.mjs'], /PLUGIN_CONTRACT .*contract 7.*contract 1/],
    ['an id that is taken', ['--plugin', './clash.mjs'], /PLUGIN_CLASH .*"frequency"/],
    ['a backend that is not there', ['--backend', 'abacus'], /BACKEND_UNKNOWN .*"abacus"[\s\S]*wasm/],
  ])('refuse %s: exit 2, nothing judged', async (_, args, words) => {
    const root = await tree({
      'empty.mjs': 'export const x = 1;',
      'future.mjs': pluginSource({ contract: 7 }),
      'clash.mjs': pluginSource({ id: 'frequency' }),
    });
    const { code, stdout, stderr } = await judge(root, ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('--ensemble', () => {
  const FILE = {
    format: 1,
    id: 'mine',
    members: [
      { id: 'frequency', weight: 1 },
      { id: 'first-sample', weight: 3 },
    ],
    threshold: 2.5,
  };

  it('judges with the members of the file', async () => {
    const root = await tree({ 'ensemble.json': JSON.stringify(FILE) });
    const { code, stdout } = await judge(root, '--plugin', './plugin.mjs', '--ensemble', 'ensemble.json');
    expect(code).toBe(0);
    expect(idsOf(stdout)[0]).toEqual(['first-sample', 'frequency']);
    expect(linesOf(stdout)[0]!.threshold).toBe(2.5);
  });

  it.each([
    ['no file', 'none.json', /ENSEMBLE_INVALID/],
    ['no JSON', 'text.json', /ENSEMBLE_INVALID .*JSON/],
    ['a member that is not registered', 'stranger.json', /DETECTOR_UNKNOWN .*"first-sample"|ENSEMBLE_INVALID .*first-sample/],
  ])('refuses %s', async (_, file, words) => {
    const root = await tree({ 'text.json': 'members: frequency', 'stranger.json': JSON.stringify(FILE) });
    const { code, stderr } = await judge(root, '--ensemble', file);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });

  it('cannot go with --detector', async () => {
    const { code, stderr } = await judge(await tree(), '--ensemble', 'x.json', '--detector', 'frequency');
    expect(code).toBe(2);
    expect(stderr).toMatch(/--detector.*cannot be used with.*--ensemble/);
  });
});

describe('--backend and --concurrency', () => {
  it('any number of threads gives the same scores', async () => {
    const root = await tree();
    const scores = await Promise.all(['1', '4'].map(async threads => linesOf((await judge(root, '--concurrency', threads)).stdout).map(line => line.score)));
    expect(scores[0]).toEqual(scores[1]);
  });

  const addon = new URL('../../../kernels-native/syntrace-kernels.linux-x64-gnu.node', import.meta.url);
  const hasAddon = existsSync(addon);
  if (!hasAddon) process.stderr.write('\nSKIPPED: native against wasm; there is no addon: npm run build -- --native\n');
  it.skipIf(!hasAddon)('native gives the scores of wasm', async () => {
    const root = await tree();
    const [native, wasm] = await Promise.all(['native', 'wasm'].map(backend => judge(root, '--backend', backend)));
    expect([native!.code, wasm!.code]).toEqual([0, 0]);
    const expected = linesOf(wasm!.stdout).map(line => expect.closeTo(line.score!, 3));
    expect(linesOf(native!.stdout).map(line => line.score)).toEqual(expected);
  });

  it.each([['0'], ['-1'], ['1.5'], ['two']])('--concurrency %s is wrong use', async value => {
    expect((await judge(await tree(), '--concurrency', value)).code).toBe(2);
  });
});

describe('syntrace.config.ts', () => {
  const config = (body: string) => ({ 'syntrace.config.ts': `const config: object = ${body};\nexport default config;\n` });

  it('gives plugins and defaults, which the command line overrides', async () => {
    const root = await tree(config("{ plugins: ['./plugin.mjs'], detectors: ['first-sample'], backend: 'wasm' }"));
    expect(idsOf((await judge(root)).stdout)[0]).toEqual(['first-sample']);
    expect(idsOf((await judge(root, '--detector', 'frequency')).stdout)[0]).toEqual(['frequency']);
    expect((await judge(root, '--backend', 'abacus')).code).toBe(2);
  });

  it('names an ensemble beside itself', async () => {
    const root = await tree({ ...config("{ ensemble: 'mine.json' }"), 'mine.json': JSON.stringify({ format: 1, members: ['frequency'], threshold: 1.5 }) });
    expect(linesOf((await judge(root)).stdout)[0]!.threshold).toBe(1.5);
  });

  it.each([
    ['an error of syntax', '{ detectors: ', /CONFIG_INVALID/],
    ['a list', '[]', /is not an object/],
    ['a misspelt field', "{ detector: ['frequency'] }", /no field "detector", did you mean "detectors"/],
    ['a field of another type', "{ detectors: 'frequency' }", /detectors must be a list of ids/],
    ['a number that is none', "{ concurrency: 'two' }", /concurrency must be a whole number/],
  ])('refuses %s', async (_, body, words) => {
    const { code, stdout, stderr } = await judge(await tree(config(body)));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/CONFIG_INVALID .*syntrace\.config\.ts/);
    expect(stderr).toMatch(words);
  });
});
