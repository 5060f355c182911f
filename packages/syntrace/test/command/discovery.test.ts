import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { syntrace } from './command.js';
import { type Leaf, makeTree, photoPng, pluginSource } from './files.js';

/** A package that writes a file when it is run. */
const loud = (id: string) => `import { writeFileSync } from 'node:fs';\nwriteFileSync('ran-${id}', '');\n${pluginSource({ id })}`;
const packed = (name: string, source: string, more: object = {}): Record<string, Leaf> => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({
    name,
    version: '2.1.0',
    type: 'module',
    exports: './index.js',
    keywords: ['syntrace-plugin'],
    ...more,
  }),
  [`node_modules/${name}/index.js`]: source,
});
const project = (...dependencies: readonly string[]) => JSON.stringify({ dependencies: Object.fromEntries(dependencies.map(name => [name, '*'])) });

interface Entry {
  readonly name: string;
  readonly loaded: boolean;
  readonly refused?: { readonly code: string };
}
const list = async (cwd: string, ...args: readonly string[]) => {
  const { code, stdout } = await syntrace(['plugins', 'list', '--json', ...args], { cwd });
  const entries = (JSON.parse(stdout) as Entry[]).filter(({ name }) => name.startsWith('x-'));
  return { code, entries: entries.map(({ name, loaded, refused }) => [name, loaded, ...(refused ? [refused.code] : [])]) };
};

describe('plugins among the dependencies', () => {
  it('are listed, and not run until they are allowed', async () => {
    const root = makeTree({
      'package.json': project('x-one', 'x-two', 'x-plain'),
      ...packed('x-one', loud('one')),
      ...packed('x-two', loud('two')),
      ...packed('x-plain', loud('plain'), { keywords: ['else'] }),
      ...packed('x-unlisted', loud('unlisted')),
    });
    expect(await list(root)).toEqual({
      code: 0,
      entries: [
        ['x-one', false],
        ['x-two', false],
      ],
    });
    const { stdout } = await syntrace(['plugins', 'list'], { cwd: root });
    expect(stdout).toMatch(/not loaded +x-one 2\.1\.0[\s\S]*--plugin x-one/);
    expect(readdirSync(root).filter(name => name.startsWith('ran-'))).toEqual([]);
    // Allowed by the command line, or by the config.
    const judged = makeTree({
      'a.png': await photoPng(1),
      'package.json': project('x-one'),
      ...packed('x-one', pluginSource({ id: 'one' })),
      'syntrace.config.ts': "export default { plugins: ['x-one'], detectors: ['one'] };",
    });
    expect((await syntrace(['detect', 'a.png', '--ndjson'], { cwd: judged })).stdout).toContain('"id":"one"');
    expect((await list(root, '--plugin', 'x-two')).entries).toContainEqual(['x-one', false]);
    expect(readdirSync(root).filter(name => name.startsWith('ran-'))).toEqual(['ran-two']);
  });

  it('that do not fit are refused before they run, with what fits', async () => {
    const root = makeTree({
      'a.png': await photoPng(1),
      'package.json': project('x-late', 'x-other', 'x-fits'),
      ...packed('x-late', loud('late'), { peerDependencies: { '@syntrace/core': '^99.0.0' } }),
      ...packed('x-other', loud('other'), { syntrace: { contract: 7 } }),
      ...packed('x-fits', pluginSource({ id: 'fits' }), { peerDependencies: { '@syntrace/core': '>=0.0.0', syntrace: '*' }, syntrace: { contract: 1 } }),
    });
    expect((await list(root)).entries).toEqual([
      ['x-fits', false],
      ['x-late', false, 'PLUGIN_RANGE'],
      ['x-other', false, 'PLUGIN_CONTRACT'],
    ]);
    for (const [name, words] of [
      ['x-late', /PLUGIN_RANGE plugin x-late 2\.1\.0 needs @syntrace\/core \^99\.0\.0, here is \d/],
      ['x-other', /PLUGIN_CONTRACT .*contract 7.*contract 1/],
    ] as const) {
      const { code, stdout, stderr } = await syntrace(['detect', 'a.png', '--ndjson', '--plugin', name], { cwd: root });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(words);
    }
    expect((await syntrace(['detect', 'a.png', '--ndjson', '--plugin', 'x-fits', '--detector', 'fits'], { cwd: root })).code).toBe(0);
  });
});

describe('a plugin that throws', () => {
  const BROKEN = "throw new Error('not today');";

  it('while it loads leaves the others listed, and is named by list and doctor', async () => {
    const root = makeTree({
      'package.json': '{}',
      'x-broken.mjs': BROKEN,
      'good.mjs': pluginSource({ id: 'good' }),
      'syntrace.config.ts': "export default { plugins: ['./x-broken.mjs', './good.mjs'] };",
    });
    const { code, stdout } = await syntrace(['plugins', 'list'], { cwd: root });
    expect(code).toBe(1);
    expect(stdout).toMatch(/detector good/);
    expect(stdout).toMatch(/refused +\.\/x-broken\.mjs +PLUGIN_LOAD: .*not today/);
    const doctor = await syntrace(['doctor', '--json'], { cwd: root });
    expect(doctor.code).toBe(1);
    const { findings } = JSON.parse(doctor.stdout) as { findings: { what: string; state: string }[] };
    expect(findings.filter(({ state }) => state === 'broken').map(({ what }) => what)).toEqual(['plugin ./x-broken.mjs']);
  });

  it.each([
    ['opens', (source: string) => `const fail = () => { throw new Error('not today'); };${source.replace('async () => ({', 'async () => fail() ?? ({')}`],
    ['judges', (source: string) => source.replace('await new Promise', "throw new Error('not today'); await new Promise")],
  ])('while it %s is left out with a warning; the others judge', async (_, change) => {
    const root = makeTree({ 'a.png': await photoPng(1), 'bad.mjs': change(pluginSource({ id: 'bad' })) });
    const { code, stdout } = await syntrace(['detect', 'a.png', '--ndjson', '--plugin', './bad.mjs', '--detector', 'bad', '--detector', 'frequency'], {
      cwd: root,
    });
    expect(code).toBe(0);
    const line = JSON.parse(stdout) as { score: number; warnings: { code: string; message: string }[]; detectors: { id: string; score: number | null }[] };
    expect(Number.isFinite(line.score)).toBe(true);
    expect(line.detectors.find(({ id }) => id === 'bad')?.score).toBeNull();
    expect(line.warnings).toContainEqual({ code: 'DETECTOR_FAILED', message: expect.stringMatching(/^detector bad .*not today$/) });
  });
});
