import type { MaskHeads } from '@syntrace/core';
import { describe, expect, test } from 'vitest';
import { expectClose } from './compare.js';
import { casesOf, fixture, type Harness } from './harness.js';
import { tolerances } from './tolerances.js';

const SIDES = [11, 8];

/** Masked spectrum similarity against its definition in float64, its gradients against derivatives. */
export function testSpectra(h: Harness): void {
  /** The two models of the fixtures, with masks or their logits. */
  const heads = (masks: ArrayLike<number>): MaskHeads => {
    const planes = [2, 1, 3, ...SIDES];
    return {
      masks: h.up({ dtype: 'f32', data: Float32Array.from(masks), shape: planes }),
      references: h.up({ ...fixture<'f32'>('spectra.references.in'), shape: planes }),
      mixing: h.up(fixture<'f64'>('spectra.mixing.in')),
      norm: h.up(fixture<'f64'>('spectra.norm.in')),
      scale: h.up(fixture<'f64'>('spectra.scale.in')),
    };
  };
  const spectra = () => h.up(fixture<'f32'>('spectra.all.in'));

  describe('masked spectra', () => {
    test.each(casesOf('centredLogSpectrum'))('centredLogSpectrum %s and its gradient', async name => {
      const x = h.up(fixture<'f32'>(`centredLogSpectrum.${name}.in`));
      const result = h.keep(await h.kernels.centredLogSpectrum(x, 1e-3));
      expect(result.shape).toEqual(x.shape);
      expectClose(await h.kernels.read(result), fixture(`centredLogSpectrum.${name}.out`).data, tolerances.centredLogSpectrum);
      const gradient = h.up(fixture<'f32'>(`centredLogSpectrum.${name}.in2`));
      const back = await h.values(h.kernels.centredLogSpectrumGradient(x, gradient, 1e-3));
      expectClose(back, fixture(`centredLogSpectrum.${name}.out2`).data, tolerances.centredLogSpectrumGradient);
    });

    test('masks of logits', async () => {
      const got = await h.values(h.kernels.maskOfLogits(h.up(fixture<'f32'>('spectra.masks.in'))));
      expectClose(got, fixture('spectra.weights.out').data, tolerances.mask);
    });

    test('similarities and their map', async () => {
      const models = heads(fixture('spectra.weights.out').data);
      const { cosines, logits } = await h.kernels.maskSimilarity(spectra(), models);
      h.keep(cosines);
      h.keep(logits);
      expect(cosines.shape).toEqual([4, 2, 3]);
      expectClose(await h.kernels.read(cosines), fixture('spectra.cosines.out').data, tolerances.cosine);
      expect(logits.shape).toEqual([4, 2]);
      expectClose(await h.kernels.read(logits), fixture('spectra.logits.out').data, tolerances.logit);
      const map = h.keep(await h.kernels.maskSimilarityMap(spectra(), models));
      expect(map.shape).toEqual([4, 2, 3, ...SIDES]);
      expectClose(await h.kernels.read(map), fixture('spectra.map.out').data, tolerances.cosine);
    });

    test('of two masks the better one counts', async () => {
      const both = heads(fixture('spectra.weights.out').data);
      const { cosines: apart } = await h.kernels.maskSimilarity(spectra(), both);
      const one = { mixing: [1, 3, 3], norm: [1, 4, 3], scale: [1, 2] } as const;
      const first = (name: keyof typeof one) => {
        const { data, shape } = fixture<'f64'>(`spectra.${name}.in`);
        return { dtype: 'f64' as const, data: Float64Array.of(...data.slice(0, data.length / 2), ...data.slice(0, data.length / 2)), shape };
      };
      const same = { ...both, mixing: h.up(first('mixing')), norm: h.up(first('norm')), scale: h.up(first('scale')) };
      const { cosines: alone } = await h.kernels.maskSimilarity(spectra(), same);
      const half = <T extends keyof typeof one>(name: T) =>
        h.up({ ...first(name), data: first(name).data.slice(0, first(name).data.length / 2), shape: one[name] });
      const grouped: MaskHeads = {
        masks: h.up({ dtype: 'f32', data: Float32Array.from(fixture('spectra.weights.out').data), shape: [1, 2, 3, ...SIDES] }),
        references: h.up({ ...fixture<'f32'>('spectra.references.in'), shape: [1, 2, 3, ...SIDES] }),
        mixing: half('mixing'),
        norm: half('norm'),
        scale: half('scale'),
      };
      const { cosines } = await h.kernels.maskSimilarity(spectra(), grouped);
      const [found, each] = [await h.values(Promise.resolve(cosines)), await h.values(Promise.resolve(alone))];
      h.keep(apart);
      const mean = (from: number) => (each[from]! + each[from + 1]! + each[from + 2]!) / 3;
      for (let i = 0; i < 4; i++) {
        const best = mean(i * 6) >= mean(i * 6 + 3) ? i * 6 : i * 6 + 3;
        expect(Array.from({ length: 3 }, (_, c) => found[i * 3 + c])).toEqual(Array.from({ length: 3 }, (_, c) => each[best + c]));
      }
    });

    test('loss and gradients', async () => {
      const labels = h.up(fixture<'u8'>('spectra.labels.in'));
      const step = await h.kernels.maskGradients(spectra(), heads(fixture('spectra.masks.in').data), labels);
      for (const tensor of Object.values(step)) h.keep(tensor);
      expectClose(await h.kernels.read(step.loss), fixture('spectra.loss.out').data, tolerances.cosine);
      for (const name of ['masks', 'references', 'mixing', 'norm', 'scale', 'spectra'] as const) {
        const got = await h.kernels.read(step[name] as typeof step.loss);
        expectClose(got, fixture(`spectra.${name}-gradient.out`).data, tolerances.maskGradients);
      }
      expect(step.spectra.shape).toEqual([2, 4, 3, ...SIDES]);
    });

    test.each(['corrected', 'uncorrected'] as const)('three steps of Adam, epsilon %s', async form => {
      const [x, gradients, want] = [fixture<'f64'>('adam.all.in'), fixture<'f64'>('adam.all.in2').data, fixture(`adam.${form}.out`).data];
      const zero = { dtype: 'f64', data: new Float64Array(50), shape: [50] } as const;
      let state = { parameters: h.up(x), first: h.up(zero), second: h.up(zero) };
      for (let step = 1; step <= 3; step++) {
        const gradient = h.up({ dtype: 'f64', data: gradients.slice(50 * step - 50, 50 * step), shape: [50] });
        state = await h.kernels.adam(state, gradient, { step, rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-4, form });
      }
      const got = await Promise.all([state.parameters, state.first, state.second].map(async tensor => [...(await h.kernels.read(h.keep(tensor)))]));
      expectClose(got.flat(), want, tolerances.adam);
    });
  });
}
