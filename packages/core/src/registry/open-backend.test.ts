import { describe, expect, it } from 'vitest';
import { constant, errorOf, type FakeBackend, fakeBackend, fakeHost, fakePlugin } from '../../test/fakes.js';
import { SyntraceError } from '../errors.js';
import { Syntrace } from '../session.js';
import { openBackend, probeBackends } from './open-backend.js';
import { Registry } from './registry.js';

const missing = { ok: false, code: 'BACKEND_UNAVAILABLE', message: 'no addon for this platform', hint: 'Install it.' } as const;
const selfTest = () => new SyntraceError('BACKEND_SELF_TEST', { id: 'native', op: 'dct2', difference: 0.5 });

function registryOf(...kernels: FakeBackend[]): Registry {
  const registry = new Registry();
  registry.use(fakePlugin('kernels', { kernels }));
  return registry;
}

describe('auto', () => {
  it('takes the available backend of the highest priority and says why not the others', async () => {
    const registry = registryOf(
      fakeBackend('wasm', { priority: 10 }),
      fakeBackend('cuda', { priority: 30, availability: missing }),
      fakeBackend('native', { priority: 20, fails: selfTest() }),
    );
    const { kernels, reports } = await openBackend(registry, 'auto', {});
    expect(kernels.backend).toBe('wasm');
    expect(reports).toEqual([
      { id: 'cuda', priority: 30, chosen: false, availability: missing },
      { id: 'native', priority: 20, chosen: false, availability: { ok: false, code: 'BACKEND_SELF_TEST', message: selfTest().message, hint: selfTest().hint } },
      { id: 'wasm', priority: 10, chosen: true, availability: { ok: true, detail: 'always there' } },
    ]);
  });

  it('opens no more than it needs', async () => {
    const wasm = fakeBackend('wasm', { priority: 10 });
    await openBackend(registryOf(wasm, fakeBackend('native', { priority: 20 })), 'auto', {});
    expect(wasm.opened).toHaveLength(0);
  });

  it('never takes a backend of negative priority', async () => {
    const registry = registryOf(fakeBackend('slow', { priority: -1 }));
    expect((await errorOf(() => openBackend(registry, 'auto', {}))).code).toBe('BACKEND_UNAVAILABLE');
    expect((await openBackend(registry, 'slow', {})).kernels.backend).toBe('slow');
  });

  it('lists every reason when none can be used, and says so when none is registered', async () => {
    const error = await errorOf(() =>
      openBackend(registryOf(fakeBackend('cuda', { availability: missing }), fakeBackend('wasm', { fails: new Error('no SIMD') })), 'auto', {}),
    );
    expect(error).toMatchObject({ code: 'BACKEND_UNAVAILABLE', hint: 'Install it.' });
    expect(error.message).toContain('[cuda] no addon for this platform; [wasm] no SIMD');
    expect((await errorOf(() => openBackend(new Registry(), 'auto', {}))).message).toContain('no backend is registered');
  });

  it('goes on when a probe throws, against its contract', async () => {
    const rude = { ...fakeBackend('rude', { priority: 9 }), probe: () => Promise.reject(new Error('oops')) };
    const { kernels, reports } = await openBackend(registryOf(rude, fakeBackend('wasm')), 'auto', {});
    expect(kernels.backend).toBe('wasm');
    expect(reports[0]!.availability).toMatchObject({ ok: false, message: expect.stringContaining('oops') });
  });
});

describe('an explicit choice', () => {
  it.each<[string, FakeBackend, object]>([
    [
      'is unavailable',
      fakeBackend('native', { priority: 20, availability: missing }),
      { code: 'BACKEND_UNAVAILABLE', hint: 'Install it.', details: { id: 'native' } },
    ],
    ['fails its self-test', fakeBackend('native', { priority: 20, fails: selfTest() }), { code: 'BACKEND_SELF_TEST' }],
    [
      'throws anything else',
      fakeBackend('native', { priority: 20, fails: new Error('dlopen') }),
      { code: 'BACKEND_UNAVAILABLE', message: expect.stringContaining('dlopen') },
    ],
  ])('is refused, never replaced, when it %s', async (_, native, expected) => {
    const wasm = fakeBackend('wasm');
    const error = await errorOf(() => openBackend(registryOf(native, wasm), 'native', {}));
    expect(error).toMatchObject(expected);
    expect(wasm.opened).toHaveLength(0);
  });

  it('is refused when unknown, with the nearest name', async () => {
    expect(await errorOf(() => openBackend(registryOf(fakeBackend('native')), 'naitve', {}))).toMatchObject({
      code: 'BACKEND_UNKNOWN',
      message: 'there is no kernel backend "naitve", did you mean "native"?',
    });
  });
});

describe('probeBackends', () => {
  it('asks all and keeps none open', async () => {
    const backends = [
      fakeBackend('a', { priority: 1 }),
      fakeBackend('b', { priority: 2, availability: missing }),
      fakeBackend('c', { priority: 0 }),
      fakeBackend('d', { priority: -1 }),
    ];
    const reports = await probeBackends(registryOf(...backends), {});
    expect(reports.map(report => [report.id, report.chosen, report.availability.ok])).toEqual([
      ['b', false, false],
      ['a', true, true],
      ['c', false, true],
      ['d', false, true],
    ]);
    expect(backends.flatMap(backend => backend.opened).every(kernels => kernels.closed())).toBe(true);
  });
});

describe('a session', () => {
  it('opens its backend once, also when asked twice at a time, and closes it', async () => {
    const backend = fakeBackend();
    const session = new Syntrace({ host: fakeHost(), plugins: [fakePlugin('x', { kernels: [backend], detectors: [constant()] })] });
    expect(backend.opened).toHaveLength(0);
    await Promise.all([session.kernels(), session.backendReports(), session.detect('x')]);
    expect(backend.opened).toHaveLength(1);
    await session.close();
    expect(backend.opened[0]!.closed()).toBe(true);
  });

  it('can be given the missing backend later', async () => {
    const session = new Syntrace({ host: fakeHost(), plugins: [fakePlugin('x', { detectors: [constant()] })] });
    expect((await errorOf(() => session.detect('x'))).code).toBe('BACKEND_UNAVAILABLE');
    session.use(fakePlugin('late', { kernels: [fakeBackend()] }));
    expect((await session.detect('x')).verdict).toBe('synthetic');
  });

  it('closes its backend even when a detector cannot be closed', async () => {
    const backend = fakeBackend();
    const rude = constant();
    const open = async () => ({
      detect: async () => [],
      close: () => {
        throw new Error('stuck');
      },
    });
    const session = new Syntrace({ host: fakeHost(), plugins: [fakePlugin('x', { kernels: [backend], detectors: [{ ...rude, open }] })] });
    await session.detect('x').catch(() => {});
    await session.close();
    expect(backend.opened[0]!.closed()).toBe(true);
  });
});
