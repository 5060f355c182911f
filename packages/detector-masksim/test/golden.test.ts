import { type Artifact, type Image, logistic } from '@syntrace/core';
import { decode } from '@syntrace/image-io';
import { importFiles } from '@syntrace/model-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHost } from '../../detector-frequency/test/kernels.js';
import { parseNpy } from '../../kernels-conformance/src/npy.js';
import { maskSimDetector } from '../src/detector.js';
import { importableFiles } from '../src/import/importable.js';
import { centreCrop } from '../src/judge/crop.js';
import { openFrontEnds } from '../src/judge/front-end.js';
import { logSpectra, planesOf } from '../src/judge/spectra.js';
import { modelOf } from '../src/model/model.js';
import { backends, golden, hasGolden, runtime } from './platform/node.js';
import { artifactWith, seededHead } from './seeded-head.js';

interface Known {
  readonly eval_128: Readonly<
    Record<string, { readonly similarity_float64: number; readonly probability_float64: number; readonly simmap_channel_sums: readonly number[] }>
  >;
  readonly two_masks_128: Readonly<Record<string, { readonly model: number }>>;
  readonly centre_crop_512: readonly { readonly height: number; readonly width: number; readonly first_row: number; readonly first_col: number }[];
}

const NAMES = ['real', 'fake'] as const;
/** The window of the golden crops in their pictures. */
const CROP = { x: 100, y: 100, width: 128, height: 128 };
const models = runtime();
afterAll(() => models.close());

const array = async (name: string): Promise<Float64Array> => {
  const bytes = await golden(`${name}.npy`);
  return Float64Array.from(parseNpy(btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))).data);
};
const relative = (got: ArrayLike<number>, want: Float64Array) => Math.hypot(...want.map((value, i) => got[i]! - value)) / Math.hypot(...want);

function cut({ width, channels, data, ...rest }: Image): Image {
  const row = CROP.width * channels;
  const samples = new Uint8Array(row * CROP.height);
  for (let y = 0; y < CROP.height; y++)
    samples.set(data.subarray(((CROP.y + y) * width + CROP.x) * channels, ((CROP.y + y) * width + CROP.x) * channels + row), y * row);
  return { ...rest, channels, width: CROP.width, height: CROP.height, data: samples };
}

describe.skipIf(!hasGolden)('golden data', () => {
  let weights: Artifact;
  let known: Known;
  const crops = new Map<string, Image>();
  beforeAll(async () => {
    known = JSON.parse(new TextDecoder().decode(await golden('inference.json'))) as Known;
    const imported = await importFiles(new Map([['sample_128.ckpt', await golden('sample_128.ckpt')]]), 'sample_128.ckpt', importableFiles, models);
    expect(imported.layout).toContain('PyTorch zip, entry "state_dict"');
    expect(imported.proof!.difference).toBeLessThan(imported.proof!.allowed);
    weights = imported.artifact;
    for (const name of NAMES) crops.set(name, cut(await decode(await golden(`${name}_512.png`))));
  });

  it('centre crops of the official loader', () => {
    for (const { height, width, first_row: y, first_col: x } of known.centre_crop_512)
      expect(centreCrop(width, height, 512)).toEqual({ x, y, width: 512, height: 512 });
  });

  describe.each(Object.keys(backends) as (keyof typeof backends)[])('on %s', backend => {
    const host = openHost(backends[backend]);

    it.each(NAMES)('%s: residual and spectrum of the float64 network, which plain float32 misses by 0.002', async name => {
      const frontEnds = await openFrontEnds(modelOf(weights), models);
      const [frontEnd] = [...frontEnds.values()];
      await host.withRun(async run => {
        const planes = await planesOf(crops.get(name)!, { x: 0, y: 0, width: 128, height: 128 }, run);
        expect(await run.kernels.read(planes)).toEqual(Float32Array.from(await array(`${name}_crop128.ycbcr`)));
        const residual = await frontEnd!.residual(planes, run.kernels);
        expect(residual.shape).toEqual([1, 3, 94, 94]);
        expect(relative(await run.kernels.read(residual), await array(`${name}_crop128.residual64`))).toBeLessThan(3e-4);
        const spectra = await logSpectra(planes, frontEnd!, run);
        expect(relative(await run.kernels.read(spectra), await array(`${name}_crop128.logspec64`))).toBeLessThan(1e-3);
        run.kernels.free(residual, spectra);
      });
      await frontEnd!.close();
    });

    it.each(NAMES)('%s: similarity and probability of the imported checkpoint', async name => {
      const open = await maskSimDetector({ weights }).open({ ...host.context, models });
      const [score] = await host.withRun(run => open.detect([crops.get(name)!], run)).finally(() => open.close());
      const [found] = score!.evidence.generators;
      const { similarity_float64, probability_float64, simmap_channel_sums } = known.eval_128[name]!;
      expect(Math.abs(found!.similarity - similarity_float64)).toBeLessThan(3e-6);
      expect(Math.abs(found!.probability - probability_float64)).toBeLessThan(1e-5);
      // The map's sums are of the official float32.
      for (const [c, sum] of simmap_channel_sums.entries()) expect(Math.abs(found!.channels[c]! - sum)).toBeLessThan(1e-4);
      expect(logistic(score!.score!)).toBeCloseTo(found!.probability, 9);
    });

    it.each(NAMES)('%s: of two masks the nearer one', async name => {
      const two = await artifactWith(seededHead(94, 2), 128, weights);
      const open = await maskSimDetector({ weights: two }).open({ ...host.context, models });
      const [score] = await host.withRun(run => open.detect([crops.get(name)!], run)).finally(() => open.close());
      expect(Math.abs(score!.evidence.generators[0]!.similarity - known.two_masks_128[name]!.model)).toBeLessThan(3e-5);
    });
  });
});
