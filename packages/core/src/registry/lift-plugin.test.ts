import { describe, expect, it } from 'vitest';
import { answer, constant, errorOf, fakeHost, fakeImage, fakeKernels, fakePlugin } from '../../test/fakes.js';
import type { DetectorContext, OpenDetector, Run } from '../contract/detector.js';
import type { Plugin } from '../contract/plugin.js';
import { ensembleDetector } from '../ensemble/detector.js';
import { equalEnsemble } from '../ensemble/spec.js';
import type { SyntraceError } from '../errors.js';
import { openMember, runMember } from '../run/member.js';
import { BatchRun } from '../run/run.js';
import { liftPlugin, type PluginLift } from './lift-plugin.js';
import { Registry } from './registry.js';

// A contract 2 as it may come one day: `detect` answers with whole scores, as it does in truth today, where the contract 1 of this test had plain numbers.
type Detect1 = (batch: Parameters<OpenDetector['detect']>[0], run: Run) => Promise<readonly number[]>;
interface Detector1 {
  readonly id: string;
  open(context: DetectorContext): Promise<{ detect: Detect1; close(): Promise<void> }>;
}

const oneToTwo: PluginLift = plugin => ({
  ...plugin,
  detectors: (plugin.detectors as readonly Detector1[]).map(detector => ({
    ...detector,
    async open(context: DetectorContext) {
      const open = await detector.open(context);
      return { ...open, detect: async (batch: Parameters<Detect1>[0], run: Run) => (await open.detect(batch, run)).map(answer) };
    },
  })),
});

const old = {
  ...fakePlugin('old', { detectors: [] }),
  detectors: [{ ...constant('old'), open: async () => ({ detect: async (batch: readonly unknown[]) => batch.map(() => 3), close: async () => {} }) }],
} as unknown as Plugin;
const present = { ...fakePlugin('present', { detectors: [constant('present', 1)] }), contract: 2 } as unknown as Plugin;
const core2 = () => new Registry({ contract: 2, lifts: new Map([[1, oneToTwo]]) });

describe('a plugin of contract 1 in a core that speaks contract 2', () => {
  it('works unchanged beside one of contract 2, also in an ensemble with it', async () => {
    const registry = core2();
    registry.use(old);
    registry.use(present);
    const kernels = fakeKernels();
    const { logger, loadAsset } = fakeHost();
    const { signal } = new AbortController();
    const run = new BatchRun(registry, kernels, logger, signal);
    const member = await openMember(ensembleDetector(equalEnsemble(['old', 'present']), registry), '1.0.0', { kernels, logger, loadAsset, signal });
    const [first, second] = await runMember(member, [fakeImage('a'), fakeImage('b')], run);
    await run.end();
    for (const result of [first, second]) expect(result).toMatchObject({ score: expect.closeTo(2, 6), verdict: 'synthetic', warnings: [] });
    expect(registry.plugins.map(({ name, contract }) => [name, contract])).toEqual([
      ['old', 2],
      ['present', 2],
    ]);
  });

  it('would be refused without the lift, and what no lift takes is refused by both numbers', async () => {
    const refusal = (contract: number, registry: Registry): Promise<SyntraceError> => errorOf(() => registry.use({ ...old, contract } as unknown as Plugin));
    expect(await refusal(1, new Registry({ contract: 2 }))).toMatchObject({ code: 'PLUGIN_CONTRACT', details: { found: '1', expected: 2 } });
    for (const contract of [0, 3])
      expect(await refusal(contract, core2())).toMatchObject({ code: 'PLUGIN_CONTRACT', details: { found: String(contract), expected: 2 } });
    expect(await errorOf(() => new Registry().use(present))).toMatchObject({ code: 'PLUGIN_CONTRACT', details: { found: '2', expected: 1 } });
  });

  it('is lifted over several contracts, one after the other', () => {
    const mark =
      (by: string): PluginLift =>
      plugin => ({ ...plugin, name: `${String(plugin.name)} ${by}` });
    const lifts = new Map([
      [1, mark('a')],
      [2, mark('b')],
    ]);
    expect(liftPlugin({ name: 'x', contract: 1 }, lifts)).toEqual({ name: 'x a b', contract: 3 });
    expect(liftPlugin(old)).toBe(old);
    expect(liftPlugin(null, lifts)).toBeNull();
  });
});
