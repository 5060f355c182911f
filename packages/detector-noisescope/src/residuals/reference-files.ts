import { type DType, readSafetensors, type StoredTensor, writeSafetensors } from '@syntrace/core';
import { blocksOf } from '../numerics/blocks.js';
import { type HeldResiduals, type Residuals, residualsOf } from './residuals.js';

/** Residuals as safetensors parts, each with `residuals` [n, h, w]. */
export async function referenceFiles(residuals: Residuals): Promise<ReadonlyMap<string, Uint8Array>> {
  const { height, width } = residuals;
  const files = new Map<string, Uint8Array>();
  for (const [part, indices] of blocksOf(residuals).entries()) {
    const tensor: StoredTensor<DType> = { dtype: 'f32', shape: [indices.length, height, width], data: await residuals.stack(indices) };
    files.set(`reference-${part}.safetensors`, writeSafetensors(new Map([['residuals', tensor]])));
  }
  return files;
}

/** @throws ARTIFACT_INVALID, RESIDUAL_INVALID */
export function referenceOf(files: ReadonlyMap<string, Uint8Array>, refuse: (detail: string) => never): HeldResiduals {
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
