import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { syntrace } from './command.js';
import { makeTree, pluginSource } from './files.js';

const verify = (cwd: string, plugin: string, ...more: readonly string[]) => syntrace(['plugins', 'verify', plugin, ...more], { cwd });
const here = fileURLToPath(new URL('../..', import.meta.url));

describe('plugins verify', () => {
  it.each([
    '@syntrace/detector-frequency',
    '@syntrace/detector-provenance',
    '@syntrace/detector-noisescope',
    '@syntrace/detector-npr',
    '@syntrace/kernels-wasm',
    '@syntrace/kernels-native',
  ])('%s keeps every rule', async name => {
    const { code, stdout, stderr } = await verify(here, name, '--json');
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { results } = JSON.parse(stdout) as { results: { rule: string; status: string }[] };
    expect(results.filter(({ status }) => status === 'broken')).toEqual([]);
    expect(results.find(({ rule }) => rule === 'plugin/browser')?.status).toBe(name.endsWith('native') ? 'left out' : 'kept');
  });

  it('names the rule that a plugin breaks, and goes on', async () => {
    const root = makeTree({ 'plugin.mjs': `import 'node:fs';\n${pluginSource()}` });
    const { code, stdout } = await verify(root, './plugin.mjs');
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ +plugin\/browser .*\n.*plugin\.mjs imports node:fs/);
    expect(stdout).toMatch(/✗ +detector\/hostile-pictures .*\n.*received NaN/);
    expect(stdout).toMatch(/✓ +detector\/order/);
    expect(stdout).toMatch(/2 broken/);
  });

  it.each([
    ['turns for ever', 'detect: async () => { for (;;); }', ['--time', '4'], 'it was stopped after 4 s'],
    ['ends the process', 'detect: async () => process.exit(3)', [], 'the process ended with code 3'],
    [
      'takes all memory',
      'detect: async () => { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)); }',
      ['--memory', '150'],
      'more than 150 MB of memory',
    ],
  ])('a plugin that %s harms nobody but itself', async (_, detect, options, words) => {
    const root = makeTree({ 'plugin.mjs': pluginSource().replace(/async detect\(batch\) \{[\s\S]*?\n {6}\}/, detect) });
    const { code, stdout } = await verify(root, './plugin.mjs', '--json', ...options);
    expect(code).toBe(1);
    const { results } = JSON.parse(stdout) as { results: { rule: string; status: string; detail: string }[] };
    expect(results.at(-1)).toMatchObject({ status: 'broken', detail: expect.stringContaining(words) });
  });

  it.each([
    ['that is not there', './none.mjs', 'PLUGIN_LOAD'],
    ['that throws while it loads', './throws.mjs', 'PLUGIN_LOAD'],
    ['of another contract', './other.mjs', 'PLUGIN_CONTRACT'],
  ])('a plugin %s is refused with its code', async (_, plugin, errorCode) => {
    const other = "export default { name: 'x', version: '1.0.0', contract: 7, detectors: [] };";
    const root = makeTree({ 'throws.mjs': "throw new Error('not today');", 'other.mjs': other });
    const { code, stderr, stdout } = await verify(root, plugin);
    expect(code).toBe(2);
    expect(stderr).toMatch(errorCode);
    expect(stdout).toBe('');
  });
});
