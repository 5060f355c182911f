import { describe, expect, it } from 'vitest';
import { constant, errorOf, fakeBackend, fakeIntermediate, fakePlugin } from '../../test/fakes.js';
import { fakeSession } from '../../test/session.js';
import type { Plugin } from '../contract/plugin.js';
import { Registry } from './registry.js';

const first = () =>
  fakePlugin('first', {
    version: '1.0.0',
    detectors: [constant('a'), constant('b')],
    kernels: [fakeBackend('cpu')],
    intermediates: [fakeIntermediate('luma')],
  });

function filled(): Registry {
  const registry = new Registry();
  registry.use(first());
  return registry;
}

const state = (registry: Registry) => ({
  plugins: registry.plugins.map(plugin => plugin.name),
  detectors: registry.listDetectors(),
  backends: registry.listBackends(),
  intermediates: registry.listIntermediates(),
});

describe('Registry', () => {
  it('finds what plugins offer, and the version it came with', () => {
    const registry = filled();
    registry.use(fakePlugin('second', { version: '2.0.0', detectors: [constant('c')] }));
    expect(registry.listDetectors().map(detector => detector.id)).toEqual(['a', 'b', 'c']);
    expect([registry.versionOf('a'), registry.versionOf('c')]).toEqual(['1.0.0', '2.0.0']);
    expect(registry.backend('cpu').id).toBe('cpu');
    expect(registry.intermediate('luma').id).toBe('luma');
    expect(registry.plugins.map(plugin => plugin.name)).toEqual(['first', 'second']);
  });

  it('lists the preferred backend first', () => {
    const registry = new Registry();
    registry.use(
      fakePlugin('x', { kernels: [fakeBackend('low', { priority: -1 }), fakeBackend('high', { priority: 9 }), fakeBackend('middle', { priority: 3 })] }),
    );
    expect(registry.listBackends().map(backend => backend.id)).toEqual(['high', 'middle', 'low']);
  });

  it.each<[string, string, Plugin]>([
    ['a detector', 'PLUGIN_CLASH', fakePlugin('second', { detectors: [constant('new'), constant('a')] })],
    ['a backend', 'PLUGIN_CLASH', fakePlugin('second', { detectors: [constant('new')], kernels: [fakeBackend('cpu')] })],
    ['an intermediate', 'PLUGIN_CLASH', fakePlugin('second', { detectors: [constant('new')], intermediates: [fakeIntermediate('luma')] })],
    ['its own detector', 'PLUGIN_CLASH', fakePlugin('second', { detectors: [constant('new'), constant('new')] })],
    ['another contract', 'PLUGIN_CONTRACT', { ...first(), contract: 2 as 1 }],
    [
      'another kernel contract',
      'PLUGIN_CONTRACT',
      fakePlugin('second', { detectors: [constant('new')], kernels: [{ ...fakeBackend('gpu'), contract: 2 as 1 }] }),
    ],
    ['a broken shape', 'PLUGIN_INVALID', fakePlugin('second', { detectors: [constant('new'), { id: 'x' } as never] })],
  ])('is unchanged after a refusal: %s', async (_, code, plugin) => {
    const registry = filled();
    const before = state(registry);
    expect((await errorOf(() => registry.use(plugin))).code).toBe(code);
    expect(state(registry)).toEqual(before);
  });

  it('names both plugins of a clash', async () => {
    const error = await errorOf(() => filled().use(fakePlugin('second', { detectors: [constant('a')] })));
    expect(error.message).toBe('detector id "a" of plugin second is taken by plugin first');
  });

  it('replaces when told so, single ids and whole plugins', () => {
    const registry = filled();
    const mine = constant('a', -1);
    registry.use(fakePlugin('second', { detectors: [mine] }), { replace: true });
    expect(registry.detector('a')).toBe(mine);
    expect(registry.detector('b')).toBeDefined();
    registry.use(fakePlugin('first', { version: '1.1.0', detectors: [constant('c')] }), { replace: true });
    expect(registry.listDetectors().map(detector => detector.id)).toEqual(['a', 'c']);
    expect(registry.plugins.map(plugin => `${plugin.name} ${plugin.version}`)).toEqual(['second 1.2.3', 'first 1.1.0']);
  });

  it('refuses a plugin that clashes with itself even when it may replace', async () => {
    const twice = fakePlugin('second', { detectors: [constant('a'), constant('a')] });
    expect((await errorOf(() => filled().use(twice, { replace: true }))).code).toBe('PLUGIN_CLASH');
  });

  it.each([
    ['DETECTOR_UNKNOWN', 'frequncy', (registry: Registry) => registry.detector('frequncy')],
    ['DETECTOR_UNKNOWN', 'frequncy', (registry: Registry) => registry.versionOf('frequncy')],
    ['BACKEND_UNKNOWN', 'nativ', (registry: Registry) => registry.backend('nativ')],
    ['INTERMEDIATE_UNKNOWN', 'lumma', (registry: Registry) => registry.intermediate('lumma')],
  ])('%s: names what exists and the nearest: %s', async (code, id, ask) => {
    const registry = new Registry();
    registry.use(
      fakePlugin('x', {
        detectors: [constant('frequency'), constant('npr')],
        kernels: [fakeBackend('native'), fakeBackend('wasm')],
        intermediates: [fakeIntermediate('luma')],
      }),
    );
    const error = await errorOf(() => ask(registry));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(new RegExp(`"${id}", did you mean "(frequency|native|luma)"\\?`));
    expect(error.hint).toMatch(/frequency, npr|native, wasm|luma/);
  });

  it('says none where nothing is registered', async () => {
    expect((await errorOf(() => new Registry().detector('x'))).hint).toBe('Registered: none.');
  });
});

describe('use at run time', () => {
  it('makes a detector available to a session that runs already', async () => {
    const { session } = fakeSession([constant('a')]);
    await session.detect('x');
    session.use(fakePlugin('late', { detectors: [constant('late', -1)] }));
    expect((await session.detect('x', { detectors: ['late'] })).verdict).toBe('real');
  });

  it('uses the new detector after a replacement, and closes both in the end', async () => {
    const [old, next] = [constant('a', 1), constant('a', -1)];
    const { session } = fakeSession([old]);
    expect((await session.detect('x')).verdict).toBe('synthetic');
    session.use(fakePlugin('other', { detectors: [next] }), { replace: true });
    expect((await session.detect('x')).verdict).toBe('real');
    await session.close();
    expect([old.calls.close, next.calls.close]).toEqual([1, 1]);
  });

  it('shares nothing between two sessions', async () => {
    const [a, b] = [fakeSession([constant('a')]), fakeSession([constant('a')])];
    a.session.use(fakePlugin('late', { detectors: [constant('late')] }));
    expect((await errorOf(() => b.session.detect('x', { detectors: ['late'] }))).code).toBe('DETECTOR_UNKNOWN');
  });
});
