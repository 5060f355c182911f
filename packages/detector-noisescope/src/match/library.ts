import { equalSpacedQuantiles, readSafetensors, type StoredTensor, SyntraceError, writeSafetensors } from '@syntrace/core';
import type { Classified } from '../cluster/classify.js';
import type { Decisions } from '../decide/decisions.js';
import { readNpy } from '../residuals/npy.js';
import { type HeldResiduals, residualsOf } from '../residuals/residuals.js';

/** Saved fingerprints that single pictures are compared with. */
export interface Library {
  readonly fingerprints: HeldResiduals;
  /** Pictures behind each fingerprint; 0 where that is not known. */
  readonly pictures: readonly number[];
  /** PCE above which a picture carries a fingerprint; absent without a reference. */
  readonly threshold: number | null;
  /** Ascending quantiles of the reference photographs' largest PCE at equally spaced levels; empty without a reference. */
  readonly referenceQuantiles: readonly number[];
}

const QUANTILES = 101;

/** The flagged fingerprints of a collection with the threshold that its decisions used. */
export function libraryOf({ fingerprints, threshold, referenceScores }: Decisions, classified: readonly Classified[]): Library {
  const pictures = classified.filter(({ synthetic }) => synthetic).map(({ cluster }) => cluster.length);
  return { fingerprints, pictures, threshold, referenceQuantiles: equalSpacedQuantiles(referenceScores, QUANTILES) };
}

/** A safetensors file: `fingerprints` [n, h, w] float32, `pictures` [n], and with a reference `threshold` [1] and `referenceQuantiles`, float64. */
export function libraryBytes({ fingerprints, pictures, threshold, referenceQuantiles }: Library): Uint8Array {
  const { height, width, maps } = fingerprints;
  const doubles = (values: readonly number[]): StoredTensor => ({ dtype: 'f64', shape: [values.length], data: Float64Array.from(values) });
  const stack = new Float32Array(maps.length * height * width);
  for (const [i, map] of maps.entries()) stack.set(map, i * height * width);
  return writeSafetensors(
    new Map<string, StoredTensor>([
      ['fingerprints', { dtype: 'f32', shape: [maps.length, height, width], data: stack }],
      ['pictures', doubles(pictures)],
      ...(threshold === null
        ? []
        : ([
            ['threshold', doubles([threshold])],
            ['referenceQuantiles', doubles(referenceQuantiles)],
          ] as const)),
    ]),
  );
}

/** Reads a library, or a single fingerprint [h, w] or several [n, h, w] saved as `.npy`. @throws ARTIFACT_INVALID, RESIDUAL_INVALID */
export function readLibrary(bytes: Uint8Array, file: string): Library {
  if (/\.npy$/i.test(file)) return fromArray(readNpy(bytes, file), file);
  const tensors = readSafetensors(bytes, file);
  const doubles = (name: string): readonly number[] | null => {
    const tensor = tensors.get(name);
    if (!tensor) return null;
    if (tensor.dtype !== 'f64' || !tensor.data.every(Number.isFinite)) throw invalid(file, `${name} must hold finite float64 numbers`);
    return [...tensor.data];
  };
  const { fingerprints } = fromArray(tensors.get('fingerprints'), file);
  const pictures = doubles('pictures') ?? fingerprints.maps.map(() => 0);
  if (pictures.length !== fingerprints.maps.length) throw invalid(file, `${pictures.length} counts for ${fingerprints.maps.length} fingerprints`);
  return { fingerprints, pictures, threshold: doubles('threshold')?.[0] ?? null, referenceQuantiles: doubles('referenceQuantiles') ?? [] };
}

function fromArray(tensor: StoredTensor | undefined, file: string): Library {
  const [height = 0, width = 0] = tensor?.shape.slice(-2) ?? [];
  const dimensions = tensor?.shape.length ?? 0;
  if (!tensor || tensor.dtype === 'u8' || dimensions < 2 || dimensions > 3) throw invalid(file, 'it must hold fingerprints [n, h, w] of float32');
  const data = Float32Array.from(tensor.data);
  if (!data.every(Number.isFinite)) throw invalid(file, 'a fingerprint holds numbers that are not finite');
  const size = height * width;
  const maps = Array.from({ length: size > 0 ? data.length / size : 0 }, (_, i) => data.subarray(i * size, (i + 1) * size));
  return { fingerprints: residualsOf(height, width, maps), pictures: maps.map(() => 0), threshold: null, referenceQuantiles: [] };
}

const invalid = (file: string, detail: string): SyntraceError => new SyntraceError('ARTIFACT_INVALID', { file, detail });
