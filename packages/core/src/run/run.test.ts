import { describe, expect, it } from 'vitest';
import {
  asking,
  collect,
  errorOf,
  fakeDetector,
  fakeHost,
  fakeImage,
  fakeIntermediate,
  fakeKernels,
  fakePlugin,
  pause,
  slow,
  throwingAlways,
  unhandledDuring,
} from '../../test/fakes.js';
import { fakeSession, names } from '../../test/session.js';
import type { Intermediate } from '../contract/detector.js';
import { Registry } from '../registry/registry.js';
import { isFailure } from './outcome.js';
import { BatchRun } from './run.js';

function newRun(...intermediates: Intermediate[]) {
  const registry = new Registry();
  registry.use(fakePlugin('x', { intermediates }));
  const kernels = fakeKernels();
  return { kernels, run: new BatchRun(registry, kernels, fakeHost().logger, new AbortController().signal) };
}

const [a, b, c] = [fakeImage('a', 1), fakeImage('b', 2), fakeImage('c', 3)];

describe('intermediates', () => {
  it('are computed once per image whoever asks, at once or later, in the order asked', async () => {
    const sum = fakeIntermediate();
    const { run, kernels } = newRun(sum);
    const [first, second] = await Promise.all([run.intermediate('sum', [a, b]), run.intermediate('sum', [c, b, a])]);
    const third = await run.intermediate('sum', [a, a]);
    expect(sum.computed).toEqual([['a', 'b'], ['c']]);
    expect([second[2], second[1], third[0], third[1]]).toEqual([first[0], first[1], first[0], first[0]]);
    expect((await kernels.read(second[0]!))[0]).toBe(3 * 64);
    await run.end();
    expect(kernels.live.size).toBe(0);
  });

  it('are told apart by their options, not by the order of the options', async () => {
    const sum = fakeIntermediate();
    const { run } = newRun(sum);
    const [x, y, z] = await Promise.all([
      run.intermediate('sum', [a], { tile: 8, log: true }),
      run.intermediate('sum', [a], { log: true, tile: 8 }),
      run.intermediate('sum', [a], { log: true, tile: 16 }),
    ]);
    expect(x[0]).toBe(y[0]);
    expect(x[0]).not.toBe(z[0]);
    expect(sum.computed).toHaveLength(2);
  });

  it('can rest on one another', async () => {
    const sum = fakeIntermediate();
    const twice: Intermediate = { id: 'twice', description: '2·sum', compute: async (images, options, run) => run.intermediate('sum', images, options) };
    const { run, kernels } = newRun(sum, twice);
    await Promise.all([run.intermediate('sum', [a, b]), run.intermediate('twice', [a, b])]);
    expect(sum.computed).toEqual([['a', 'b']]);
    await run.end();
    expect(kernels.live.size).toBe(0);
  });

  it('reject for whoever asks, and nowhere else', async () => {
    const { run, kernels } = newRun(fakeIntermediate('sum', 'b'));
    const unhandled = await unhandledDuring(async () => {
      const asked = run.intermediate('sum', [a, b]);
      const ignored = run.intermediate('sum', [a, b]).catch(() => {});
      expect((await errorOf(() => asked)).message).toBe('sum cannot do b');
      await ignored;
      await run.end();
    });
    expect(unhandled).toEqual([]);
    expect(kernels.live.size).toBe(0);
  });

  it('of a failed batch can be had for its good images, and fail once for the bad one', async () => {
    const sum = fakeIntermediate('sum', 'b');
    const { run } = newRun(sum);
    await errorOf(() => run.intermediate('sum', [a, b]));
    expect(await run.intermediate('sum', [a])).toHaveLength(1);
    for (let i = 0; i < 3; i++) expect((await errorOf(() => run.intermediate('sum', [b]))).message).toBe('sum cannot do b');
    expect(sum.computed).toEqual([['a', 'b'], ['a'], ['b']]);
  });

  it('are refused when their number is wrong, and given back', async () => {
    const short: Intermediate = {
      id: 'short',
      description: '',
      compute: async (_images, _options, run) => [run.kernels.tensor('f32', new Float32Array(1), [1])],
    };
    const { run, kernels } = newRun(short);
    expect((await errorOf(() => run.intermediate('short', [a, b]))).code).toBe('KERNEL_SHAPE');
    expect(kernels.live.size).toBe(0);
  });

  it('that are unknown are refused with the nearest name', async () => {
    expect(await errorOf(() => newRun(fakeIntermediate('luma')).run.intermediate('lumma', [a]))).toMatchObject({
      code: 'INTERMEDIATE_UNKNOWN',
      message: expect.stringContaining('"luma"'),
    });
  });
});

describe('the end of a run', () => {
  it('waits for what still computes, also for what that asks for meanwhile', async () => {
    const late: Intermediate = {
      id: 'late',
      description: '',
      compute: async (images, _options, run) => {
        await pause(10);
        await run.intermediate('sum', images);
        return images.map(() => run.kernels.tensor('f32', new Float32Array(1), [1]));
      },
    };
    const { run, kernels } = newRun(fakeIntermediate(), late);
    const abandoned = run.intermediate('late', [a, b]);
    await run.end();
    await abandoned;
    expect(kernels.live.size).toBe(0);
  });

  it('is the end: nobody gets an intermediate afterwards', async () => {
    const { run } = newRun(fakeIntermediate());
    await run.end();
    expect((await errorOf(() => run.intermediate('sum', [a]))).code).toBe('ABORTED');
  });
});

describe('a whole run', () => {
  it('computes an intermediate once per image for all members of an ensemble, and frees it', async () => {
    const sum = fakeIntermediate();
    const { session, live } = fakeSession([asking('one'), asking('two'), asking('three')], { intermediates: [sum] });
    const outcomes = await collect(session.detectAll(names(20), { batch: 4 }));
    expect(outcomes.some(isFailure)).toBe(false);
    expect(sum.computed.flat().toSorted()).toEqual(names(20).toSorted());
    expect(live()).toBe(0);
  });

  it('loses only the image whose intermediate fails', async () => {
    const sum = fakeIntermediate('sum', 'image-5');
    const { session, live } = fakeSession([asking('one')], { intermediates: [sum] });
    const unhandled = await unhandledDuring(async () => {
      const outcomes = await collect(session.detectAll(names(12), { batch: 6 }));
      expect(outcomes.flatMap(outcome => (isFailure(outcome) ? [outcome.uri] : []))).toEqual(['image-5']);
    });
    expect(unhandled).toEqual([]);
    expect(live()).toBe(0);
  });

  it('gives everything back when a detector leaves an intermediate running and fails', async () => {
    const careless = fakeDetector('careless', (batch, run) => {
      void run.intermediate('sum', batch).catch(() => {});
      throw new Error('first');
    });
    const { session, live } = fakeSession([careless], { intermediates: [fakeIntermediate()] });
    await collect(session.detectAll(names(5)));
    expect(live()).toBe(0);
  });

  it('gives everything back when aborted', async () => {
    const controller = new AbortController();
    const { session, live } = fakeSession([asking('one'), slow(20)], { intermediates: [fakeIntermediate()] });
    setTimeout(() => controller.abort(), 15);
    await errorOf(() => collect(session.detectAll(names(50), { signal: controller.signal })));
    expect(live()).toBe(0);
  });
});

describe('extras', () => {
  const picture = { id: 'p', title: 'P', description: 'a picture', picture: { width: 1, height: 1, data: new Uint8Array(4) } };
  const judge = asking('x');
  const explaining = (explain: () => Promise<(typeof picture)[]>, id = 'explaining') =>
    fakeDetector(id, async batch => batch.map(() => ({ ...scoreOne })), { explain });
  const scoreOne = { score: 1, probability: 0.7, threshold: 0, verdict: 'synthetic', realShare: null, warnings: [], evidence: null } as const;

  it('are there when asked for, and only then', async () => {
    const { session, live } = fakeSession([explaining(async () => [picture])]);
    expect(await session.detect('a')).not.toHaveProperty('explanations');
    expect(await session.detect('a')).not.toHaveProperty('thumbnail');
    const judgement = await session.detect('a', { explain: true, thumbnail: 4 });
    expect(judgement.explanations).toEqual([picture]);
    expect(judgement.thumbnail).toEqual({ width: 4, height: 4, channels: 1, data: new Uint8Array(16) });
    expect(live()).toBe(0);
  });

  it('that fail are warnings: the answer stands', async () => {
    const { session, backend, live } = fakeSession([
      explaining(async () => {
        throw new Error('no ink');
      }),
    ]);
    await session.kernels();
    Object.assign(backend.opened[0]!, { thumbnail: async () => Promise.reject(new Error('no paper')) });
    const outcomes = await collect(session.detectAll(['a', 'b'], { explain: true, thumbnail: 4 }));
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        verdict: 'synthetic',
        warnings: [{ message: expect.stringContaining('no ink') }, { message: expect.stringContaining('no paper') }],
      });
    }
    expect(live()).toBe(0);
  });

  it('of an ensemble are those of the members that can, of pictures they can judge', async () => {
    const small = Object.assign(
      explaining(async () => [{ ...picture, id: 'never' }], 'large-only'),
      { requires: { minimumSize: { width: 99, height: 99 } } },
    );
    const bad = explaining(async () => Promise.reject(new Error('no ink')), 'inkless');
    const { session, host } = fakeSession([explaining(async () => [picture]), small, bad, Object.assign(judge, { id: 'mute' })], {
      intermediates: [fakeIntermediate()],
    });
    expect((await session.detect('a', { explain: true })).explanations).toEqual([picture]);
    expect(host.warned).toEqual(['detector inkless could not explain a: no ink']);
  });

  it('are not drawn of an abstention', async () => {
    const { session } = fakeSession([throwingAlways(), explaining(async () => [picture])]);
    const tiny = { ...explaining(async () => [picture], 'tiny'), requires: { minimumSize: { width: 99, height: 99 } } };
    session.use(fakePlugin('tiny', { detectors: [tiny] }));
    expect(await session.detect('a', { detectors: ['tiny'], explain: true })).not.toHaveProperty('explanations');
  });
});
