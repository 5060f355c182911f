import { type DType, readSafetensors, type StoredTensor, writeSafetensors } from '@syntrace/core';
import { type Residuals, residualsOf, stacked } from './residuals.js';

/** Bytes of a part: small enough for a browser to fetch and check one after the other. */
const PART_BYTES = 64 << 20;

/** Residuals as safetensors parts, each with `residuals` [n, h, w]. */
export function referenceFiles(residuals: Residuals): ReadonlyMap<string, Uint8Array> {
  const { height, width, maps } = residuals;
  const each = Math.max(1, Math.floor(PART_BYTES / (4 * height * width)));
  const parts = Array.from({ length: Math.ceil(maps.length / each) }, (_, part) =>
    Array.from({ length: Math.min(each, maps.length - part * each) }, (_, i) => part * each + i),
  );
  return new Map(
    parts.map((indices, part) => {
      const tensor: StoredTensor<DType> = { dtype: 'f32', shape: [indices.length, height, width], data: stacked(residuals, indices) };
      return [`reference-${part}.safetensors`, writeSafetensors(new Map([['residuals', tensor]]))];
    }),
  );
}

/** @throws ARTIFACT_INVALID, RESIDUAL_INVALID */
export function referenceOf(files: ReadonlyMap<string, Uint8Array>, refuse: (detail: string) => never): Residuals {
  const maps: Float32Array[] = [];
  let sides: readonly [number, number] | undefined;
  for (let part = 0; files.has(`reference-${part}.safetensors`); part++) {
    const name = `reference-${part}.safetensors`;
    const tensor = readSafetensors(files.get(name)!, name).get('residuals');
    const [n = 0, height = 0, width = 0] = tensor?.shape ?? [];
    if (tensor?.dtype !== 'f32' || tensor.shape.length !== 3) return refuse(`${name} must hold residuals [n, h, w] of float32`);
    const data = tensor.data as Float32Array;
    sides ??= [height, width];
    for (let i = 0; i < n; i++) maps.push(data.subarray(i * height * width, (i + 1) * height * width));
  }
  if (!sides) return refuse('it has no reference residuals');
  return residualsOf(...sides, maps);
}
