import type { PceReport, ResidualOptions, Tensor } from '@syntrace/core';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../compare.js';
import type { Harness } from '../harness.js';
import type { NpyArray } from '../npy.js';
import { tolerances } from '../tolerances.js';
import { array, json, planar } from './vectors.js';

const residualTolerance = { absolute: 2e-4, why: 'manifest, float32' };
const options: ResidualOptions = { border: 'periodic', levels: 4, sigma: 2, grey: true };

interface Special {
  readonly columns: readonly string[];
  readonly images: readonly string[];
  readonly matrix: readonly (readonly (readonly number[])[])[];
  readonly cases: readonly {
    readonly first: string;
    readonly second: string;
    readonly shift_range: readonly [number, number] | null;
    readonly values: readonly (number | null)[];
  }[];
}

/** A picture with its channels apart from grey: [1, h, w, c]. */
function picture(h: Harness, name: string): Tensor<'u8' | 'f32'> {
  const { dtype, data, shape } = array(`noisescope/images/${name}`);
  const whole = [1, shape[0]!, shape[1]!, shape[2] ?? 1];
  // 16-bit samples come as float64.
  if (dtype === 'f64') return h.up({ dtype: 'f32', data: Float32Array.from(data as Float64Array, v => (v / 65535) * 255), shape: whole });
  return h.up({ dtype: 'u8', data: data as Uint8Array<ArrayBuffer>, shape: whole });
}

/** circshift(x, [down, right]) of a plane. */
function shifted({ data, shape }: NpyArray, down: number, right: number): Float32Array<ArrayBuffer> {
  const [height, width] = shape as [number, number];
  const at = (i: number, by: number, n: number) => (((i - by) % n) + n) % n;
  return Float32Array.from({ length: height * width }, (_, i) => data[at(Math.floor(i / width), down, height) * width + at(i % width, right, width)]!);
}

function flipped({ data, shape }: NpyArray, upsideDown: boolean): Float32Array<ArrayBuffer> {
  const [height, width] = shape as [number, number];
  const from = (y: number, x: number) => (upsideDown ? (height - 1 - y) * width + x : y * width + width - 1 - x);
  return Float32Array.from({ length: height * width }, (_, i) => data[from(Math.floor(i / width), i % width)]!);
}

const numbersOf = (r: PceReport) => [
  r.pce,
  r.peak,
  r.row,
  r.column,
  r.pValue,
  r.falseAlarm,
  r.log10FalseAlarm,
  r.pceZeroShift,
  r.falseAlarmZeroShift,
  r.log10FalseAlarmZeroShift,
];

/** The reference vectors of NoiseScope, with the tolerances of their manifest. */
export function testNoisescopeGolden(h: Harness): void {
  const residualOf = (letter: string): NpyArray =>
    array(`noisescope/residual/${{ a: 'a_rgb_256', b: 'b_rgb_256', d: 'd_rgb_193x251', f: 'f_gray16_48x64' }[letter]}`);
  const up = (data: Float32Array<ArrayBuffer>, shape: readonly number[]) => h.up({ dtype: 'f32', data, shape });

  describe('golden vectors: NoiseScope', () => {
    test.each(['a_rgb_256', 'b_rgb_256', 'c_gray_256', 'd_rgb_193x251', 'e_rgb_256', 'f_gray16_48x64', 'g_sat_rgb_96'])('residual of %s', async name => {
      const residual = h.keep(await h.kernels.noiseResidual(picture(h, name), options));
      const want = array(`noisescope/residual/${name}`);
      expect(residual.shape.slice(1)).toEqual(want.shape);
      expectClose(await h.kernels.read(residual), want.data, residualTolerance);
    });

    test('other sigma, colour kept', async () => {
      const sigma3 = await h.values(h.kernels.noiseResidual(picture(h, 'b_rgb_256'), { ...options, sigma: 3 }));
      expectClose(sigma3, array('noisescope/residual/b_rgb_256.sigma3').data, residualTolerance);
      const colour = await h.values(h.kernels.noiseResidual(picture(h, 'g_sat_rgb_96'), { ...options, grey: false }));
      expectClose(colour, planar(array('noisescope/residual/g_sat_rgb_96.color')).data, residualTolerance);
    });

    test.each(['a_rgb_256', 'd_rgb_193x251'])('clean-ups of %s', async name => {
      const residual = h.up(array(`noisescope/residual/${name}`) as NpyArray<'f32'>);
      expectClose(await h.values(h.kernels.zeroMean(residual)), array(`noisescope/residual/${name}.zeromean`).data, residualTolerance);
      expectClose(await h.values(h.kernels.fourierWiener(residual)), array(`noisescope/residual/${name}.wienerdft`).data, residualTolerance);
    });

    test('PCE of four residuals, one pair at a time', async () => {
      const { images, matrix } = json('noisescope/pce/pce') as Special;
      const planes = images.map(name => h.up(array(`noisescope/residual/${name}`) as NpyArray<'f32'>));
      for (const [i, row] of matrix.entries()) {
        for (const [j, want] of row.entries()) {
          const [report] = await h.kernels.pce(planes[i]!, planes[j]!);
          expectClose(numbersOf(report!), want, tolerances.pce);
        }
      }
    });

    test('PCE of moved, flipped and mixed residuals, with a search over shifts', async () => {
      const { cases } = json('noisescope/pce/pce') as Special;
      const board = { shape: [64, 64], data: Float32Array.from({ length: 4096 }, (_, i) => ((Math.floor(i / 64) + i) % 2 === 0 ? 1 : -1)) };
      const named = (text: string, other: string): { shape: readonly number[]; data: Float32Array<ArrayBuffer> } => {
        if (text === 'same') return named(other, text);
        if (text.includes('checkerboard')) return board;
        const letter = /\b([abdf])\b/.exec(text.replace(/circshift|flip of|left-right|up-down|rounded.*|0\.25\*/g, ' '))![1]!;
        const plane = residualOf(letter);
        const { shape } = plane;
        const data = Float32Array.from(plane.data as Float32Array);
        const shift = /circshift\(\w,\[(-?\d+),(-?\d+)\]\)/.exec(text);
        if (shift) return { shape, data: shifted(plane, Number(shift[1]), Number(shift[2])) };
        if (text.includes('flip')) return { shape, data: flipped(plane, text.includes('up-down')) };
        if (text.startsWith('0.25')) {
          const other = residualOf('b').data;
          return { shape, data: data.map((v, i) => 0.25 * v + other[i]!) };
        }
        return { shape, data: text.startsWith('-') ? data.map(v => -v) : data };
      };
      for (const { first, second, shift_range: range, values } of cases) {
        const [a, b] = [named(first, second), named(second, first)];
        const shifts = range ? { down: range[0], right: range[1] } : {};
        const [report] = await h.kernels.pce(up(a.data, a.shape), up(b.data, b.shape), shifts);
        const got = numbersOf(report!);
        expectClose(
          got.filter((_, i) => values[i] !== null),
          values.filter(value => value !== null),
          { relative: 2e-5, absolute: 4e-5, why: `manifest: ${first} with ${second}` },
        );
      }
    });

    test('correlation surface', async () => {
      const f = residualOf('f');
      const want = array('noisescope/pce/f_crosscorr');
      const [height, width] = f.shape as [number, number];
      const moved = up(shifted(f, 2, -3), f.shape);
      const got = await h.values(h.kernels.crossCorrelation(h.up(f as NpyArray<'f32'>), moved));
      // The official surface has the zero lag last and runs backwards.
      const turned = Float64Array.from(
        { length: height * width },
        (_, i) => got[((2 * height - 1 - Math.floor(i / width)) % height) * width + ((2 * width - 1 - (i % width)) % width)]!,
      );
      expectClose(turned, want.data, { ofLargest: 1e-5, why: 'manifest, float32' });
    });

    test('all pairs of 40 fingerprints, of cluster case A', async () => {
      const prints = array('noisescope/pce/tmerge_fingerprints') as NpyArray<'f32'>;
      const spectra = h.keep(await h.kernels.pceSpectra(h.up(prints)));
      const all = await h.values(h.kernels.pcePairs(spectra, { height: 64, width: 64 }));
      const lower = Array.from(all).filter((_, i) => i % 40 < Math.floor(i / 40));
      expectClose(lower, array('noisescope/pce/tmerge_pce').data, tolerances.pce);
      const a = array('noisescope/clusterA/residuals') as NpyArray<'f32'>;
      const matrix = await h.values(h.kernels.pcePairs(h.keep(await h.kernels.pceSpectra(h.up(a))), { height: 96, width: 96 }));
      expectClose(matrix, array('noisescope/clusterA/pce_round0').data, tolerances.pce);
    });
  });
}
