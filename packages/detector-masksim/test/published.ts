import { type StoredTensor, seededRandom, seededState, writeSafetensors } from '@syntrace/core';
import { DNCNN } from '../src/network/networks.js';

/** Window and plane of the made-up models. */
export const [WINDOW, PLANE] = [64, 30];

/** A made-up checkpoint with the published names, as safetensors: `change` may spoil it. */
export function publishedState(seed: number, change: (state: Map<string, StoredTensor>) => void = () => {}): Uint8Array {
  const { next } = seededRandom(seed, 'head');
  const f32 = (shape: readonly number[], of: () => number): StoredTensor => ({
    dtype: 'f32',
    shape,
    data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, of),
  });
  const planes = [3, PLANE, PLANE];
  const state = new Map<string, StoredTensor>([
    ['clf_a', f32([], () => 1)],
    ['clf_b', f32([], () => -0.5)],
    ...[...seededState(DNCNN, seed)].map(([name, tensor]) => [`preproc.model.${name}`, tensor] as const),
    ['ref_pattern_list.0', f32(planes, () => next() - 0.5)],
    ['mask_pre_activ_list.0', f32(planes, () => 4 * next() - 2)],
    ['mask_conv.weight', f32([3, 1, 3, 3], () => 1 / 9)],
    ['in_conv_fft.0.weight', f32([3, 3, 1, 1], () => next())],
    ['norm_vector.weight', f32([3], () => 1)],
    ['norm_vector.bias', f32([3], () => 0)],
    ['norm_vector.running_mean', f32([3], () => -1)],
    ['norm_vector.running_var', f32([3], () => 2)],
  ]);
  change(state);
  return writeSafetensors(state);
}

/** A calibration table. */
export const tableOf = (rows: readonly (readonly [name: string, score: number])[]): Uint8Array =>
  new TextEncoder().encode(`image_filename,class_label,score\n${rows.map(([name, score]) => `${name},0,${score}\n`).join('')}`);
