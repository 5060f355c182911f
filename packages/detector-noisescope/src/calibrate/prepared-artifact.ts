import { type Artifact, type ModelCard, readSafetensors, SyntraceError, sha256, writeSafetensors } from '@syntrace/core';
import { referenceFiles, referenceOf } from '../residuals/reference-files.js';
import { PREPARE_DEFAULTS, type PrepareSettings } from '../settings.js';
import type { MergeThreshold } from './merge-threshold.js';
import type { Prepared } from './prepare.js';

export const PREPARED_ID = 'noisescope';
const OUTLIERS = 'outliers.safetensors';

/** The prepared reference as files: `outliers.safetensors`, the reference residuals in parts, and the card. */
export async function preparedArtifact(prepared: Prepared, source: { readonly name: string; readonly licence: string }): Promise<Artifact> {
  const { settings, mergeThreshold, outliers, reference, warnings } = prepared;
  const { rows, scale, lof } = outliers;
  const f64 = (data: Float64Array, shape: readonly number[]) => ({ dtype: 'f64', shape, data }) as const;
  const model = writeSafetensors(
    new Map([
      ['rows', f64(rows, [rows.length / scale.length, scale.length])],
      ['scale', f64(scale, [scale.length])],
      ['reach', f64(lof.reach, [lof.reach.length])],
      ['density', f64(lof.density, [lof.density.length])],
      ['offset', f64(Float64Array.of(lof.offset), [1])],
    ]),
  );
  const files = new Map([[OUTLIERS, model], ...(await referenceFiles(reference))]);
  const sums: [string, string][] = [];
  for (const [name, bytes] of files) sums.push([name, await sha256(bytes)]);
  const card: ModelCard = {
    format: 1,
    detector: PREPARED_ID,
    version: '1',
    method:
      'NoiseScope (Pu et al., ACSAC 2020): reference for clustering noise residuals. The threshold here is T_merge, in PCE; that of verdicts is set per collection',
    preprocessing: { residual: 'Mihçak, sigma 2, 4 levels, db4', grey: 'ntsc-inverse', width: reference.width, height: reference.height },
    labels: ['real', 'synthetic'],
    threshold: mergeThreshold.value,
    abstention: null,
    calibration: null,
    realScoreQuantiles: [],
    trainingData: [{ ...source, real: reference.count, synthetic: 0 }],
    training: { settings, mergeThreshold, neighbours: lof.neighbours, warnings },
    measured: {},
    licence: 'MIT',
    files: Object.fromEntries(sums),
  };
  return { card, files };
}

/** @throws ARTIFACT_INVALID, RESIDUAL_INVALID */
export function preparedOf({ card, files }: Artifact): Prepared {
  const refuse = (detail: string): never => {
    throw new SyntraceError('ARTIFACT_INVALID', { file: OUTLIERS, detail });
  };
  if (card.detector !== PREPARED_ID) return refuse(`its card is of ${card.detector}, not a prepared reference of noisescope`);
  const tensors = readSafetensors(files.get(OUTLIERS) ?? refuse('its card does not name it'), OUTLIERS);
  const doubles = (name: string, length?: number): Float64Array => {
    const tensor = tensors.get(name);
    if (tensor?.dtype !== 'f64' || (length !== undefined && tensor.data.length !== length)) return refuse(`${name} must hold ${length ?? ''} float64 numbers`);
    return tensor.data.every(Number.isFinite) ? (tensor.data as Float64Array) : refuse(`${name} holds numbers that are not finite`);
  };
  const { settings, mergeThreshold, neighbours, warnings } = card.training as Partial<Stored>;
  const scale = doubles('scale');
  const reach = doubles('reach');
  if (!Number.isSafeInteger(neighbours) || neighbours! < 1 || neighbours! > reach.length) return refuse('its card gives no usable number of neighbours');
  if (!Number.isFinite(mergeThreshold?.value)) return refuse('its card gives no T_merge');
  return {
    settings: { ...PREPARE_DEFAULTS, ...settings },
    mergeThreshold: mergeThreshold!,
    outliers: {
      rows: doubles('rows', reach.length * scale.length),
      scale,
      lof: { neighbours: neighbours!, reach, density: doubles('density', reach.length), offset: doubles('offset', 1)[0]! },
    },
    reference: referenceOf(files, refuse),
    warnings: warnings ?? [],
  };
}

interface Stored {
  readonly settings: PrepareSettings;
  readonly mergeThreshold: MergeThreshold;
  readonly neighbours: number;
  readonly warnings: Prepared['warnings'];
}
