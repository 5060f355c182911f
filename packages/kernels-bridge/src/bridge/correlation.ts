import type { CorrelationKernels, PairSelection, PcePairs, PceReport, Tensor } from '@syntrace/core';
import { listed } from '../checks.js';
import { RowBridge } from './rows.js';

type Spectra = Tensor<'f32'> | readonly [Tensor<'f32'>, Tensor<'f32'>];

/** Numbers of a pair in the order of the Rust report. */
const COLUMNS = 10;

const inputsOf = (spectra: Spectra): readonly Tensor[] => ('dtype' in spectra ? [spectra] : spectra);

/** Correlation of residuals and its peaks. */
export abstract class CorrelationBridge extends RowBridge implements CorrelationKernels {
  crossCorrelation<D extends 'f32' | 'f64'>(a: Tensor<D>, b: Tensor<D>): Promise<Tensor<D>> {
    return this.one('crossCorrelation', [a, b]);
  }

  async pce(
    a: Tensor<'f32' | 'f64'>,
    b: Tensor<'f32' | 'f64'>,
    options: { readonly down?: number; readonly right?: number } = {},
  ): Promise<readonly PceReport[]> {
    const values = await this.#numbers('pce', [a, b], [options.down ?? 0, options.right ?? 0]);
    return Array.from({ length: values.length / COLUMNS }, (_, i) => reportOf(values.subarray(i * COLUMNS, (i + 1) * COLUMNS)));
  }

  pceSpectra(residuals: Tensor<'f32'>): Promise<Tensor<'f32'>> {
    return this.one('pceSpectra', [residuals]);
  }

  pcePairs(spectra: Spectra, { height, width, from = 0 }: PairSelection): Promise<Tensor<'f64'>> {
    return this.one('pcePairs', inputsOf(spectra), [height, width, from]);
  }

  async pceAbove(spectra: Spectra, { height, width, from = 0, threshold }: PairSelection & { readonly threshold: number }): Promise<PcePairs> {
    const values = await this.#numbers('pceAbove', inputsOf(spectra), [height, width, from, threshold]);
    const part = (offset: number) => Float64Array.from({ length: values.length / 3 }, (_, i) => values[3 * i + offset]!);
    return { rows: Uint32Array.from(part(0)), columns: Uint32Array.from(part(1)), values: part(2) };
  }

  pceExact(residuals: Tensor<'f32'>, pairs: readonly (readonly [readonly number[], readonly number[]])[]): Promise<Float64Array> {
    return this.#numbers('pceExact', [residuals], listed(pairs.flat()));
  }

  /** The values of a result that is read at once. */
  async #numbers(op: string, inputs: readonly Tensor[], parameters: readonly number[]): Promise<Float64Array> {
    const result = await this.one<'f64'>(op, inputs, parameters);
    try {
      return await this.read(result);
    } finally {
      this.free(result);
    }
  }
}

function reportOf(values: Float64Array): PceReport {
  const [pce, peak, row, column, pValue, falseAlarm, log10FalseAlarm, pceZeroShift, falseAlarmZeroShift, log10FalseAlarmZeroShift] = values as unknown as Ten;
  return { pce, peak, row, column, pValue, falseAlarm, log10FalseAlarm, pceZeroShift, falseAlarmZeroShift, log10FalseAlarmZeroShift };
}

type Ten = [number, number, number, number, number, number, number, number, number, number];
