import type { Detector, Intermediate, Run, Score } from '../src/contract/detector.js';
import type { Image } from '../src/contract/image.js';
import type { Availability, KernelBackend, Kernels } from '../src/contract/kernels.js';
import type { Plugin } from '../src/contract/plugin.js';
import type { HostArrays, Tensor } from '../src/contract/tensor.js';
import { SyntraceError } from '../src/errors.js';
import { abstain, scoreOf } from '../src/index.js';
import type { Host } from '../src/run/host.js';

/** A source is its name, or a name with how its decode shall go. */
export type FakeSource = string | { readonly name: string; readonly delay?: number; readonly fail?: unknown; readonly value?: number; readonly size?: number };

export interface FakeHost extends Host<FakeSource> {
  /** Names in the order of their decodes. */
  readonly decoded: string[];
  readonly warned: string[];
  running: number;
  mostRunning: number;
}

export const pause = (ms = 0) => new Promise<void>(resolve => setTimeout(resolve, ms));

export function fakeImage(uri: string, value = 1, size = 8, encoded: Uint8Array | null = null): Image {
  return {
    width: size,
    height: size,
    channels: 1,
    data: new Uint8Array(size * size).fill(value),
    source: {
      uri,
      format: 'raw',
      bytes: 0,
      decoder: 'fake',
      jpeg: null,
      stored: { channels: 1, bitDepth: 8, frames: 1, colour: 'grey' },
      orientation: 1,
      icc: false,
      encoded,
    },
    warnings: [],
  };
}

/** Decodes nothing: makes tiny pictures, late or failing as the source says. */
export function fakeHost(more: Partial<Host<FakeSource>> = {}): FakeHost {
  const host: FakeHost = {
    cores: 2,
    decoded: [],
    warned: [],
    running: 0,
    mostRunning: 0,
    nameOf: source => (typeof source === 'string' ? source : source.name),
    loadAsset: async () => new Uint8Array(),
    logger: { debug: () => {}, info: () => {}, warn: message => void host.warned.push(message) },
    async decode(source, { keepEncoded }) {
      const { name, delay, fail, value, size } = typeof source === 'string' ? ({ name: source } as Exclude<FakeSource, string>) : source;
      host.mostRunning = Math.max(host.mostRunning, ++host.running);
      try {
        if (delay !== undefined) await pause(delay);
        if (fail !== undefined) throw fail;
        host.decoded.push(name);
        return fakeImage(name, value, size, keepEncoded ? new Uint8Array(100) : null);
      } finally {
        host.running--;
      }
    },
    ...more,
  };
  return host;
}

export interface FakeKernels extends Kernels {
  /** Tensors that nobody has given back. */
  readonly live: Set<Tensor>;
  readonly closed: () => boolean;
}

/** The operations that the core itself uses, with every live tensor on a list. */
export function fakeKernels(backend = 'fake'): FakeKernels {
  const data = new Map<Tensor, HostArrays['u8' | 'f32' | 'f64']>();
  const live = new Set<Tensor>();
  let closed = false;
  const kernels: Partial<FakeKernels> = {
    backend,
    threads: 1,
    live,
    closed: () => closed,
    tensor(dtype, values, shape) {
      const tensor = { dtype, shape, backend };
      data.set(tensor, values);
      live.add(tensor);
      return tensor;
    },
    async read(tensor) {
      if (!live.has(tensor)) throw new SyntraceError('KERNEL_FOREIGN_TENSOR', { op: 'read', owner: tensor.backend });
      return data.get(tensor) as never;
    },
    free(...tensors) {
      for (const tensor of tensors) live.delete(tensor);
    },
    async thumbnail(image, side) {
      return kernels.tensor!('u8', new Uint8Array(side * side), [side, side, image.shape[2]!]);
    },
    async close() {
      closed = true;
    },
  };
  return kernels as FakeKernels;
}

export interface FakeBackend extends KernelBackend {
  readonly opened: FakeKernels[];
}

export function fakeBackend(id = 'fake', more: { priority?: number; availability?: Availability; fails?: unknown } = {}): FakeBackend {
  const opened: FakeKernels[] = [];
  return {
    id,
    contract: 1,
    priority: more.priority ?? 0,
    opened,
    probe: async () => more.availability ?? { ok: true, detail: 'always there' },
    async open() {
      if (more.fails !== undefined) throw more.fails;
      const kernels = fakeKernels(id);
      opened.push(kernels);
      return kernels;
    },
  };
}

const MEANING = { threshold: 0, abstention: null, calibration: { method: 'platt', slope: 1, intercept: 0 }, realScoreQuantiles: [] } as const;
export const answer = (score: number): Score => scoreOf(score, MEANING, null);
export const noAnswer = (): Score => abstain({ code: 'FAKE_ABSTAINED', message: 'it would rather not' }, null);

type Judge = (batch: readonly Image[], run: Run) => Promise<readonly Score[]> | readonly Score[];

/** A detector around one function; `opened` and `closed` count. */
export function fakeDetector(
  id: string,
  judge: Judge,
  more: Partial<Detector> & { explain?: NonNullable<Awaited<ReturnType<Detector['open']>>['explain']> } = {},
) {
  const { explain, ...rest } = more;
  const calls = { open: 0, close: 0, batches: [] as string[][] };
  const detector: Detector = {
    id,
    description: `fake ${id}`,
    unit: 'image',
    requires: { minimumSize: { width: 1, height: 1 } },
    async open() {
      calls.open++;
      return {
        async detect(batch, run) {
          calls.batches.push(batch.map(image => image.source.uri));
          return judge(batch, run);
        },
        ...(explain && { explain }),
        close: async () => void calls.close++,
      };
    },
    ...rest,
  };
  return Object.assign(detector, { calls });
}

export const constant = (id = 'constant', score = 1) => fakeDetector(id, batch => batch.map(() => answer(score)));
/** The score is the first sample of the picture. */
export const firstSample = (id = 'first-sample') => fakeDetector(id, batch => batch.map(image => answer(image.data[0]!)));
export const abstaining = (id = 'abstaining') => fakeDetector(id, batch => batch.map(noAnswer));
export const notANumber = (id = 'nan') => fakeDetector(id, batch => batch.map(() => ({ ...answer(1), score: Number.NaN })));
export const throwingAlways = (id = 'throwing') =>
  fakeDetector(id, () => {
    throw new Error('always');
  });
export const throwingOn = (uri: string, id = 'throwing-on-one') =>
  fakeDetector(id, batch => {
    if (batch.some(image => image.source.uri === uri)) throw new Error(`not ${uri}`);
    return batch.map(() => answer(1));
  });
export const slow = (ms: number, id = 'slow') =>
  fakeDetector(id, async batch => {
    await pause(ms);
    return batch.map(() => answer(1));
  });

/** Fails inside the kernels as often as told, then works. */
export function trapping(times: number, id = 'trapping', only?: string) {
  let left = times;
  return fakeDetector(id, batch => {
    if (left > 0 && (only === undefined || batch.some(image => image.source.uri === only))) {
      left--;
      throw new SyntraceError('KERNEL_TRAP', { op: 'dct2', backend: 'fake', detail: 'unreachable' });
    }
    return batch.map(() => answer(1));
  });
}

/** An intermediate of one value each, with a list of what it was asked to compute; fails when a batch holds `bad`. */
export function fakeIntermediate(id = 'sum', bad?: string) {
  const computed: string[][] = [];
  const intermediate: Intermediate = {
    id,
    description: 'sum of the samples, [1]',
    async compute(images, _options, run) {
      computed.push(images.map(image => image.source.uri));
      await pause();
      if (images.some(image => image.source.uri === bad)) throw new Error(`${id} cannot do ${bad}`);
      return images.map(image => run.kernels.tensor('f32', Float32Array.of(image.data[0]! * image.data.length), [1]));
    },
  };
  return Object.assign(intermediate, { computed });
}

/** Asks for an intermediate and answers with its value. */
export const asking = (id: string, intermediate = 'sum', options = {}) =>
  fakeDetector(id, async (batch, run) => {
    const tensors = await run.intermediate(intermediate, batch, options);
    return Promise.all(tensors.map(async tensor => answer((await run.kernels.read(tensor))[0]!)));
  });

/** Judges each picture against the mean of the collection. */
export function collectionDetector(id = 'collection', more: { scores?: (n: number) => readonly Score[]; thrown?: unknown } = {}) {
  const detector = fakeDetector(id, batch => batch.map(noAnswer), { unit: 'collection' });
  const open = detector.open;
  return Object.assign(detector, {
    open: async (context: Parameters<Detector['open']>[0]) => ({
      ...(await open(context)),
      async detectCollection(images: AsyncIterable<Image>) {
        const values: number[] = [];
        for await (const image of images) values.push(image.data[0]!);
        if (more.thrown !== undefined) throw more.thrown;
        const mean = values.reduce((a, b) => a + b, 0) / values.length;
        const finding = { clusters: [{ id: 'all', images: values.map((_, i) => i), verdict: 'real' as const }], explanations: [] };
        return { scores: more.scores?.(values.length) ?? values.map(value => answer(value - mean)), finding };
      },
    }),
  });
}

export const fakePlugin = (name: string, parts: Omit<Partial<Plugin>, 'name'>): Plugin => ({ name, version: '1.2.3', contract: 1, ...parts });

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** The error that a piece of work ends with. */
export async function errorOf(work: () => unknown): Promise<SyntraceError> {
  try {
    await work();
  } catch (error) {
    return error as SyntraceError;
  }
  throw new Error('it should have failed');
}

type Listener = (error: unknown) => void;
/** Named here, so that the sources are not checked with Node's globals in sight. */
interface NodeProcess {
  listeners(event: string): Listener[];
  removeAllListeners(event: string): void;
  on(event: string, listener: Listener): void;
  off(event: string, listener: Listener): void;
}

/** Collects rejections that nobody handles while `work` runs. */
export async function unhandledDuring(work: () => Promise<unknown>): Promise<unknown[]> {
  const seen: unknown[] = [];
  const note = (error: unknown) => void seen.push(error);
  const { process } = globalThis as unknown as { process: NodeProcess };
  const before = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', note);
  try {
    await work();
    await pause(5);
  } finally {
    process.off('unhandledRejection', note);
    for (const listener of before) process.on('unhandledRejection', listener);
  }
  return seen;
}
