import { type Artifact, Registry, standardPlugin } from '@syntrace/core';
import { decode } from '@syntrace/image-io';
import { importFiles } from '@syntrace/model-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHost } from '../../detector-frequency/test/kernels.js';
import { parseNpy } from '../../kernels-conformance/src/npy.js';
import { importableFiles } from '../src/import/importable.js';
import { openFrontEnds } from '../src/judge/front-end.js';
import { logSpectra, planesOf } from '../src/judge/spectra.js';
import { modelOf } from '../src/model/model.js';
import { HeadTrainer } from '../src/train/head-trainer.js';
import { backends, golden, hasGolden, runtime } from './platform/node.js';

interface Step {
  readonly loss: number;
  readonly similarities: readonly number[];
  readonly grad_l2_head: Readonly<Record<string, number>>;
  readonly head_after: Readonly<Record<string, number | readonly number[]>>;
}

interface Training {
  readonly batch: readonly {
    readonly image: string;
    readonly rows: readonly [number, number];
    readonly cols: readonly [number, number];
    readonly label: 0 | 1;
  }[];
  readonly head_only: { readonly float64: readonly Step[] };
}

/** Published learning rate of the head. */
const RATE = 1e-3;
const models = runtime();
afterAll(() => models.close());

describe.skipIf(!hasGolden)('head-only training of the official code in float64', () => {
  const host = openHost(backends.native);
  let weights: Artifact;
  beforeAll(async () => {
    weights = (await importFiles(new Map([['sample_128.ckpt', await golden('sample_128.ckpt')]]), 'sample_128.ckpt', importableFiles, models)).artifact;
  });

  it('five steps: losses, similarities, gradients and what is learnt', async () => {
    const { batch, head_only } = JSON.parse(new TextDecoder().decode(await golden('training.json'))) as Training;
    const model = modelOf(weights);
    const [generator] = model.sets[0]!.generators;
    const [frontEnd] = [...(await openFrontEnds(model, models)).values()];
    const trainer = HeadTrainer.begin(host.context.kernels, generator!);
    const registry = new Registry();
    registry.use(standardPlugin('0.0.0'));
    const { kernels } = host.context;
    const rows = new Float32Array(4 * 3 * 94 * 94);
    for (const [i, { image, rows: y, cols: x }] of batch.entries()) {
      const picture = await decode(await golden(image));
      await host.withRun(async run => {
        const planes = await planesOf(picture, { x: x[0], y: y[0], width: 128, height: 128 }, run);
        const spectra = await logSpectra(planes, frontEnd!, run);
        rows.set(await kernels.read(spectra), i * 3 * 94 * 94);
        kernels.free(spectra);
      });
    }
    const spectra = kernels.tensor('f32', rows, [4, 3, 94, 94]);
    const labels = Uint8Array.from(batch, ({ label }) => label);
    for (const [i, want] of head_only.float64.entries()) {
      const got = await trainer.step(spectra, labels, RATE);
      expect(Math.abs(got.loss - want.loss) / want.loss, `loss of step ${i + 1}`).toBeLessThan(2e-5);
      for (const [k, value] of want.similarities.entries())
        expect(Math.abs(got.similarities[k]! - value), `similarity ${k} of step ${i + 1}`).toBeLessThan(2e-5);
      const length = Math.hypot(want.grad_l2_head['ref_pattern_list.0']!, want.grad_l2_head['mask_pre_activ_list.0']!);
      expect(Math.abs(got.gradient - length) / length, `gradient of step ${i + 1}`).toBeLessThan(1e-3);
    }
    const { scale, masks, references } = await trainer.learnt();
    const last = head_only.float64.at(-1)!.head_after as { readonly clf_a: readonly number[]; readonly clf_b: readonly number[] };
    expect(scale[0]).toBeCloseTo(last.clf_a[0]!, 6);
    expect(scale[1]).toBeCloseTo(last.clf_b[0]!, 6);
    for (const [name, values] of [
      ['mask', masks],
      ['ref', references],
    ] as const) {
      const bytes = await golden(`head_only_step5_${name}.npy`);
      const known = Float64Array.from(parseNpy(btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))).data);
      const away = Math.hypot(...known.map((value, k) => values[k]! - value)) / Math.hypot(...known);
      expect(away, name).toBeLessThan(1e-4);
    }
    trainer.free();
    kernels.free(spectra);
    await frontEnd!.close();
  });
});
