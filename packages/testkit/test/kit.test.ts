import { describe, expect, it } from 'vitest';
import {
  assertKept,
  detectorTests,
  fakeDetector,
  fakeKernels,
  kernelTests,
  pluginTests,
  RULES,
  resultsOf,
  testDetector,
  testKernels,
  testPlugin,
} from '../src/index.js';
import { BAD_BACKENDS, good } from './bad-backends.js';
import { BAD_PLUGINS } from './bad-plugins.js';
import { collection, detector, plugin } from './detectors.js';

const options = { backend: good, pictures: 24 };

describe('honest plugins', () => {
  it('a detector of pictures keeps every rule', async () => {
    const honest = plugin(detector());
    const results = await testPlugin(honest, {
      ...options,
      load: async () => honest,
      browserModules: new Map([['index.js', "import { x } from './x.js'; export default x;"]]),
    });
    expect(results.filter(({ status }) => status === 'broken')).toEqual([]);
    expect(results.filter(({ status }) => status === 'left out').map(({ rule }) => rule)).toEqual(['detector/card']);
    expect(() => assertKept(results)).not.toThrow();
  });

  it('a detector of collections keeps every rule', async () => {
    expect((await testPlugin(plugin(collection()), options)).filter(({ status }) => status === 'broken')).toEqual([]);
  });

  it('the WASM kernels keep every rule', async () => {
    expect((await testKernels(good)).filter(({ status }) => status !== 'kept')).toEqual([]);
  });

  it('a backend that this machine cannot run is left out with its reason', async () => {
    const absent = { ...good, probe: async () => ({ ok: false, code: 'X', message: 'no such card', hint: '' }) as const };
    const results = await testKernels(absent);
    expect(new Set(results.map(({ status, detail }) => `${status}: ${detail}`))).toEqual(new Set(['left out: it is not available here: no such card']));
  });

  it('what a plugin says it cannot do is left out, with the reason', async () => {
    const rolling = plugin(fakeDetector('dice', () => Math.random()));
    const result = async (of: typeof rolling) => (await testDetector(of, of.detectors![0]!, options)).find(({ rule }) => rule === 'detector/deterministic');
    expect(await result(rolling)).toMatchObject({ status: 'broken' });
    expect(await result({ ...rolling, supports: { determinism: false } })).toMatchObject({
      status: 'left out',
      detail: 'the plugin says supports.determinism: false',
    });
  });
});

describe('a bad plugin for each rule', () => {
  it('there is one', () => {
    expect([...Object.keys(BAD_PLUGINS), ...Object.keys(BAD_BACKENDS)].sort()).toEqual(RULES.map(({ id }) => id).sort());
  });

  for (const [rule, plugins] of Object.entries(BAD_PLUGINS))
    for (const { what, plugin: bad, options: more } of plugins)
      it(`${rule} catches: ${what}`, async () => {
        const tests = pluginTests(bad, { ...options, limitMs: 15_000, ...more }).filter(test => test.rule === rule);
        const results = await resultsOf(tests);
        expect(results.map(({ status }) => status)).toContain('broken');
        expect(() => assertKept(results)).toThrow(rule);
      });

  for (const [rule, backends] of Object.entries(BAD_BACKENDS))
    for (const { what, backend } of backends)
      it(`${rule} catches: ${what}`, async () => {
        const results = await resultsOf(kernelTests(backend).filter(test => test.rule === rule));
        expect(results).toMatchObject([{ status: 'broken', rule }]);
      });
});

describe('the runner', () => {
  it('gives a late rule up', async () => {
    const never = plugin(detector({ detect: () => new Promise(() => {}) }));
    const tests = detectorTests(never, never.detectors![0]!, { ...options, limitMs: 50 }).filter(({ rule }) => rule === 'detector/answers');
    expect(await resultsOf(tests)).toMatchObject([{ status: 'broken', detail: 'detector/answers took longer than 0.05 s' }]);
  });

  it('asks for a backend by name', async () => {
    const [result] = await testDetector(plugin(detector()), detector(), {});
    expect(result!.detail).toMatch('pass { backend }');
  });
});

describe('fakes for the tests of apps', () => {
  it('a fake detector answers what it is told, and abstains', async () => {
    const results = await testPlugin(plugin(fakeDetector('told', ({ channels }) => (channels === 1 ? null : 2))), { ...options, backend: fakeKernels() });
    expect(results.filter(({ status }) => status === 'broken')).toEqual([]);
  });

  it('fake kernels keep tensors and refuse operations by name', async () => {
    const kernels = await fakeKernels().open({});
    const tensor = kernels.tensor('f32', Float32Array.of(1, 2), [2]);
    expect(await kernels.read(tensor)).toEqual(Float32Array.of(1, 2));
    await expect(kernels.dct2(tensor)).rejects.toMatchObject({ code: 'KERNEL_VALUE', message: expect.stringContaining('dct2') });
    kernels.free(tensor);
    await expect(kernels.read(tensor)).rejects.toMatchObject({ code: 'KERNEL_FOREIGN_TENSOR' });
  });
});
