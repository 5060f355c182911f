import {
  BatchRun,
  type Detector,
  type Image,
  type KernelBackend,
  type OpenCollectionDetector,
  type OpenDetector,
  type Plugin,
  Registry,
  type Run,
  type Score,
  type Supports,
  standardPlugin,
} from '@syntrace/core';
import { contextOf, type KitOptions } from '../options.js';
import { picture } from '../pictures.js';
import { must } from '../rule.js';
import { tracked } from '../tracked.js';

/** A detector of a plugin, and what it is tested with. */
export interface DetectorSubject {
  readonly plugin: Plugin;
  readonly detector: Detector;
  readonly options: KitOptions;
}

export const supportsOf = ({ plugin }: Pick<DetectorSubject, 'plugin'>): Supports => plugin.supports ?? {};

/** Why a rule is left out that the plugin says it cannot keep. */
export const unless =
  (what: keyof Supports) =>
  (subject: Pick<DetectorSubject, 'plugin'>): string | undefined =>
    supportsOf(subject)[what] === false ? `the plugin says supports.${what}: false` : undefined;

export function backendOf({ options }: Pick<DetectorSubject, 'options'>): KernelBackend {
  must(options.backend !== undefined, 'the kit needs a kernel backend: pass { backend }');
  return options.backend;
}

/** A detector that is open on kernels of its own. */
export interface Bench {
  readonly open: OpenDetector;
  /** Tensors that nobody has given back. */
  live(): number;
  /** One batch, as the pipeline would run it. */
  detect(images: readonly Image[], signal?: AbortSignal): Promise<readonly Score[]>;
  withRun<T>(work: (run: Run) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** Opens a detector, works with it, and closes it and its kernels whatever happens. */
export async function withDetector<T>(subject: DetectorSubject, work: (bench: Bench) => Promise<T>): Promise<T> {
  const raw = await backendOf(subject).open({ threads: 1 });
  const { kernels, live } = tracked(raw);
  const registry = new Registry();
  registry.use(standardPlugin('0.0.0'));
  registry.use(subject.plugin);
  const never = new AbortController().signal;
  const context = contextOf(kernels, subject.options, never);
  try {
    const open = await subject.detector.open(context);
    const withRun: Bench['withRun'] = async (work, signal = never) => {
      const run = new BatchRun(registry, kernels, context.logger, signal);
      try {
        return await work(run);
      } finally {
        await run.end();
      }
    };
    const bench: Bench = { open, live, withRun, detect: (images, signal) => withRun(run => open.detect(images, run), signal) };
    try {
      return await work(bench);
    } finally {
      await open.close();
    }
  } finally {
    await raw.close();
  }
}

/** A size that the detector takes without warnings about it. */
export function usualSize({ detector }: Pick<DetectorSubject, 'detector'>): { width: number; height: number } {
  const { width, height } = detector.requires.minimumSize;
  return { width: Math.max(width, 96) + 32, height: Math.max(height, 96) + 32 };
}

/** Different pictures of the usual size. */
export function usualPictures(subject: Pick<DetectorSubject, 'detector'>, count: number): readonly Image[] {
  const { width, height } = usualSize(subject);
  return Array.from({ length: count }, (_, i) => picture(i % 2 === 0 ? 'photograph' : 'enlarged', width, height, i + 1));
}

/** A detector of collections, opened. */
export function collectionOf({ open }: Bench): OpenCollectionDetector {
  const { detectCollection } = open as Partial<OpenCollectionDetector>;
  must(typeof detectCollection === 'function', 'unit is "collection", and there is no detectCollection');
  return open as OpenCollectionDetector;
}
