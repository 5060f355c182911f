import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answer,
  collect,
  constant,
  errorOf,
  type FakeSource,
  fakeBackend,
  fakeDetector,
  fakeHost,
  fakePlugin,
  firstSample,
  noAnswer,
  notANumber,
  pause,
  slow,
  throwingAlways,
  throwingOn,
  unhandledDuring,
} from '../../test/fakes.js';
import { fakeSession, names } from '../../test/session.js';
import type { Score } from '../contract/detector.js';
import { Syntrace } from '../session.js';
import { isFailure, type RunEvent } from './outcome.js';

const briefly = (outcomes: readonly { uri: string; verdict?: string; error?: { code: string } }[]) =>
  outcomes.map(outcome => `${outcome.uri} ${outcome.error?.code ?? outcome.verdict}`);

describe('order and failures', () => {
  it('gives one outcome for each source in input order, whatever the decodes take', async () => {
    const source = fc.record({ delay: fc.integer({ min: 0, max: 3 }), fails: fc.boolean(), value: fc.integer({ min: 1, max: 200 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(source, { maxLength: 25 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        async (list, batch, concurrency) => {
          const { session } = fakeSession([firstSample()], { concurrency });
          const sources = list.map(({ delay, fails, value }, i) => ({ name: `n${i}`, delay, value, ...(fails && { fail: new Error('bad file') }) }));
          const outcomes = await collect(session.detectAll(sources, { batch }));
          expect(outcomes.map(outcome => [outcome.index, outcome.uri])).toEqual(list.map((_, i) => [i, `n${i}`]));
          expect(outcomes.map(outcome => (isFailure(outcome) ? outcome.error.code : outcome.score))).toEqual(
            list.map(({ fails, value }) => (fails ? 'IMAGE_CORRUPT' : value)),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('goes on after a decode that fails, a detector that fails on one image, and one that answers NaN', async () => {
    const sources: FakeSource[] = ['a', { name: 'b', fail: new Error('cut') }, 'c', 'd'];
    const { session } = fakeSession([throwingOn('c'), notANumber()]);
    expect(briefly(await collect(session.detectAll(sources, { detectors: ['throwing-on-one'] })))).toEqual([
      'a synthetic',
      'b IMAGE_CORRUPT',
      'c DETECTOR_FAILED',
      'd synthetic',
    ]);
    expect(briefly(await collect(session.detectAll(sources, { detectors: ['nan'] })))).toEqual([
      'a DETECTOR_FAILED',
      'b IMAGE_CORRUPT',
      'c DETECTOR_FAILED',
      'd DETECTOR_FAILED',
    ]);
  });

  it.each<[string, Partial<Score>]>([
    ['with a verdict', { verdict: 'real' }],
    ['with a probability', { probability: 0.5 }],
  ])('refuses an abstention %s: it must never be read as an answer', async (_, more) => {
    const { session } = fakeSession([fakeDetector('half', batch => batch.map(() => ({ ...noAnswer(), ...more })))]);
    expect(briefly(await collect(session.detectAll(['a'])))).toEqual(['a DETECTOR_FAILED']);
  });

  it('tries a failed batch image by image, and names detector, stage and image', async () => {
    const detector = throwingOn('image-3');
    const { session } = fakeSession([detector]);
    const outcomes = await collect(session.detectAll(names(5), { batch: 5 }));
    expect(outcomes.map(isFailure)).toEqual([false, false, false, true, false]);
    expect((outcomes[3] as { error: Error }).error.message).toBe('detector throwing-on-one failed at detect on image-3: not image-3');
    expect(detector.calls.batches.at(-1)).toEqual(['image-4']);
  });

  it.each<[string, () => unknown]>([
    ['too few scores', () => []],
    ['no list', () => undefined],
    ['a missing score', () => [undefined]],
    ['an undefined number', () => [{ ...answer(1), score: undefined }]],
    ['a probability above 1', () => [{ ...answer(1), probability: 1.5 }]],
    ['another verdict', () => [{ ...answer(1), verdict: 'maybe' }]],
    ['no warnings', () => [{ ...answer(1), warnings: undefined }]],
    ['something thrown that is no error', () => Promise.reject(Object.create(null))],
  ])('makes a failure of a detector that answers with %s', async (_, judge) => {
    const { session } = fakeSession([fakeDetector('odd', judge as never)]);
    expect(briefly(await collect(session.detectAll(['a'])))).toEqual(['a DETECTOR_FAILED']);
  });

  it('abstains on pictures below the least size without asking the detector', async () => {
    const detector = Object.assign(constant(), { requires: { minimumSize: { width: 8, height: 8 } } });
    const { session } = fakeSession([detector]);
    const [small, fits] = await collect(session.detectAll([{ name: 'small', size: 7 }, 'fits']));
    expect(small).toMatchObject({ verdict: 'inconclusive', score: null, probability: null, warnings: [{ code: 'IMAGE_TOO_SMALL' }] });
    expect(fits).toMatchObject({ verdict: 'synthetic' });
    expect(detector.calls.batches).toEqual([['fits']]);
  });

  it('passes on what the source throws, after the images before it', async () => {
    async function* sources() {
      yield* ['a', 'b'];
      throw new Error('the folder is gone');
    }
    const { session } = fakeSession([constant()]);
    const seen: string[] = [];
    const unhandled = await unhandledDuring(async () => {
      const run = async () => {
        for await (const outcome of session.detectAll(sources())) seen.push(outcome.uri);
      };
      expect((await errorOf(run)).message).toBe('the folder is gone');
    });
    expect(seen).toEqual(['a', 'b']);
    expect(unhandled).toEqual([]);
  });

  it('judges one image, or throws its typed error', async () => {
    const { session } = fakeSession([constant()]);
    expect(await session.detect('a')).toMatchObject({ uri: 'a', index: 0, verdict: 'synthetic', detectors: [{ id: 'constant', version: '1.2.3' }] });
    expect((await errorOf(() => session.detect({ name: 'b', fail: new Error('cut') }))).code).toBe('IMAGE_CORRUPT');
  });

  it('hands out no encoded bytes', async () => {
    expect((await fakeSession([constant()]).session.detect('a')).source).not.toHaveProperty('encoded');
  });

  it('does nothing for no sources', async () => {
    expect(await collect(fakeSession([constant()]).session.detectAll([]))).toEqual([]);
  });

  it('reports a detector that cannot be opened, and tries again the next time', async () => {
    let broken = true;
    const good = constant();
    const open: typeof good.open = async context => {
      if (broken) throw new TypeError('weights?');
      return good.open(context);
    };
    const { session } = fakeSession([{ ...good, open }]);
    expect(await errorOf(() => session.detect('a'))).toMatchObject({ code: 'DETECTOR_FAILED', message: expect.stringContaining('weights?') });
    broken = false;
    expect((await session.detect('a')).verdict).toBe('synthetic');
  });

  it.each([{ batch: 0 }, { batch: Number.NaN }, { batch: 1.5 }, { thumbnail: -1 }])('refuses options that make no sense: %j', async options => {
    expect((await errorOf(() => collect(fakeSession([constant()]).session.detectAll(['a'], options)))).code).toBe('USAGE');
  });

  it('refuses a concurrency that makes no sense', async () => {
    for (const concurrency of [0, Number.NaN, 2.5]) expect((await errorOf(() => fakeSession([constant()], { concurrency }))).code).toBe('USAGE');
  });

  it('says so when nothing is registered', async () => {
    const session = new Syntrace({ host: fakeHost(), plugins: [fakePlugin('kernels', { kernels: [fakeBackend()] })] });
    expect((await errorOf(() => session.detect('a'))).code).toBe('DETECTOR_UNKNOWN');
  });
});

describe('window and overlap', () => {
  it('holds no more decoded images than the window over 1000 sources, and gives every tensor back', async () => {
    // A picture is held from the start of its decode until the consumer has the last answer of its batch and asks for more.
    let held = 0;
    let most = 0;
    const detector = fakeDetector('counting', async batch => {
      await pause();
      return batch.map(() => answer(1));
    });
    const { session, host, live } = fakeSession([detector], { concurrency: 4 });
    const decode = host.decode;
    Object.assign(host, {
      decode: async (...args: Parameters<typeof decode>) => {
        most = Math.max(most, ++held);
        return decode(...args);
      },
    });
    let batch = 0;
    let answers = 0;
    let judged = 0;
    const onEvent = (event: RunEvent) => {
      if (event.type === 'batch-start') batch = event.size;
    };
    for await (const outcome of session.detectAll(names(1000), { batch: 8, onEvent })) {
      judged += Number(!isFailure(outcome));
      if (++answers < batch) continue;
      held -= batch;
      answers = 0;
    }
    expect([judged, held]).toEqual([1000, 0]);
    expect(most).toBeGreaterThan(8);
    expect(most).toBeLessThanOrEqual(16);
    expect(live()).toBe(0);
  });

  it('pulls no more sources than the window while the consumer sleeps', async () => {
    let pulled = 0;
    function* sources() {
      for (;;) yield `image-${pulled++}`;
    }
    const run = fakeSession([constant()]).session.detectAll(sources(), { batch: 4 });
    await run.next();
    await pause(20);
    expect(pulled).toBeLessThanOrEqual(8);
    await run.return(undefined);
  });

  it('runs no more decodes at a time than it has threads and one', async () => {
    const { session, host } = fakeSession([constant()], { concurrency: 3 });
    await collect(session.detectAll(names(60).map(name => ({ name, delay: 1 }))));
    expect(host.mostRunning).toBe(4);
  });

  it('decodes on while a batch is judged', async () => {
    let during = 0;
    const detector = fakeDetector('watching', async batch => {
      const before = host.decoded.length;
      await pause(20);
      during = Math.max(during, host.decoded.length - before);
      return batch.map(() => answer(1));
    });
    const { session, host } = fakeSession([detector]);
    await collect(
      session.detectAll(
        names(16).map(name => ({ name, delay: 2 })),
        { batch: 4 },
      ),
    );
    expect(during).toBeGreaterThanOrEqual(3);
  });

  it('does not let a slow source hold back images that are there', async () => {
    let arrived = 0;
    async function* sources() {
      yield 'a';
      yield 'b';
      await pause(150);
      arrived = 3;
      yield 'c';
      await pause(150);
      arrived = 4;
      yield 'd';
    }
    const seen: [string, number][] = [];
    for await (const outcome of fakeSession([constant()]).session.detectAll(sources(), { batch: 2 })) seen.push([outcome.uri, arrived]);
    expect(seen).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 3],
      ['d', 4],
    ]);
  });
});

describe('abort', () => {
  it('ends with ABORTED; outcomes before stand and the source is closed', async () => {
    let closed = false;
    function* sources() {
      try {
        for (let i = 0; ; i++) yield `image-${i}`;
      } finally {
        closed = true;
      }
    }
    const controller = new AbortController();
    const { session, live } = fakeSession([slow(2)]);
    const seen: number[] = [];
    const unhandled = await unhandledDuring(async () => {
      const error = await errorOf(async () => {
        for await (const outcome of session.detectAll(sources(), { batch: 4, signal: controller.signal })) {
          seen.push(outcome.index);
          if (outcome.index === 9) controller.abort('enough');
        }
      });
      expect(error).toMatchObject({ code: 'ABORTED', cause: 'enough' });
    });
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, i) => i));
    expect(seen.length).toBeGreaterThanOrEqual(10);
    expect(seen.length).toBeLessThan(20);
    expect(closed).toBe(true);
    expect(unhandled).toEqual([]);
    expect(live()).toBe(0);
  });

  it.each<[string, () => AsyncIterable<FakeSource> | Iterable<FakeSource>]>([
    ['a decode that does not listen', () => [{ name: 'a', delay: 60_000 }]],
    [
      'a source that never comes',
      async function* () {
        yield 'a';
        await new Promise(() => {});
      },
    ],
  ])('does not wait for %s', async (_, sources) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    const start = performance.now();
    expect((await errorOf(() => collect(fakeSession([constant()]).session.detectAll(sources(), { signal: controller.signal })))).code).toBe('ABORTED');
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('refuses to begin when the signal has fired', async () => {
    const { session, host, backend } = fakeSession([constant()]);
    expect((await errorOf(() => session.detect('a', { signal: AbortSignal.abort() }))).code).toBe('ABORTED');
    expect([host.decoded, backend.opened]).toEqual([[], []]);
  });

  it('closes the source when the consumer leaves', async () => {
    let closed = 0;
    async function* sources() {
      try {
        yield* names(100);
      } finally {
        closed++;
      }
    }
    for await (const _ of fakeSession([constant()]).session.detectAll(sources())) break;
    expect(closed).toBe(1);
  });

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    let listening = 0;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    Object.assign(signal, {
      addEventListener: (...args: Parameters<typeof add>) => [listening++, add(...args)],
      removeEventListener: (...args: Parameters<typeof remove>) => [listening--, remove(...args)],
    });
    await collect(fakeSession([constant()]).session.detectAll(names(50), { signal }));
    expect(listening).toBe(0);
  });
});

describe('events', () => {
  it('come in an order that makes sense, one start, decode and end for each image', async () => {
    const events: RunEvent[] = [];
    const sources: FakeSource[] = [...names(10), { name: 'bad', fail: new Error('cut') }];
    await collect(fakeSession([constant()]).session.detectAll(sources, { batch: 3, onEvent: event => events.push(event) }));
    const at = (type: RunEvent['type'], index: number) => events.findIndex(event => event.type === type && 'index' in event && event.index === index);
    for (let i = 0; i < 11; i++) {
      expect(at('image-start', i)).toBeGreaterThanOrEqual(0);
      expect(at('image-decode', i)).toBeGreaterThan(at('image-start', i));
      expect(at('image-end', i)).toBeGreaterThan(at('image-decode', i));
    }
    expect(events.flatMap(event => (event.type === 'image-end' ? [event.index] : []))).toEqual(Array.from({ length: 11 }, (_, i) => i));
    const batches = events.filter(event => event.type === 'batch-start' || event.type === 'batch-end');
    batches.forEach((event, i) => {
      expect(event.type).toBe(i % 2 === 0 ? 'batch-start' : 'batch-end');
    });
    expect(batches.reduce((sum, event) => sum + (event.type === 'batch-end' ? event.size : 0), 0)).toBe(10);
  });

  it.each(['image-start', 'image-decode', 'batch-start', 'image-end'])(
    'a listener that throws at %s ends the run with its error, closes the source, and leaves nothing unhandled',
    async type => {
      let closed = false;
      function* sources() {
        try {
          yield* names(30);
        } finally {
          closed = true;
        }
      }
      const onEvent = (event: RunEvent) => {
        if (event.type === type) throw new Error('listener');
      };
      const unhandled = await unhandledDuring(async () => {
        expect((await errorOf(() => collect(fakeSession([constant()]).session.detectAll(sources(), { onEvent })))).message).toBe('listener');
      });
      expect(unhandled).toEqual([]);
      expect(closed).toBe(true);
    },
  );
});

describe('a detector that always throws', () => {
  it('fails every image and nothing else', async () => {
    const { session, live } = fakeSession([throwingAlways()]);
    expect((await collect(session.detectAll(names(20)))).every(isFailure)).toBe(true);
    expect(live()).toBe(0);
  });
});
