import type { Detector, Intermediate } from '../src/contract/detector.js';
import { Syntrace, type SyntraceOptions } from '../src/session.js';
import { type FakeSource, fakeBackend, fakeHost, fakePlugin } from './fakes.js';

/** A session over fake detectors, and a way to see that every tensor was given back. */
export function fakeSession(detectors: readonly Detector[], more: Partial<SyntraceOptions<FakeSource>> & { intermediates?: readonly Intermediate[] } = {}) {
  const { intermediates = [], ...options } = more;
  const backend = fakeBackend();
  const host = fakeHost();
  const plugin = fakePlugin('fakes', { detectors, intermediates, kernels: [backend] });
  const session = new Syntrace<FakeSource>({ host, plugins: [plugin], concurrency: 2, ...options });
  const live = () => backend.opened.reduce((sum, kernels) => sum + kernels.live.size, 0);
  return { session, host: host, backend, live };
}

export const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `image-${i}`);
