import { type CheckpointTensor, isCounter, SyntraceError } from '@syntrace/core';
import type { Heads } from '../model/heads.js';
import { DNCNN } from '../network/networks.js';

/** Where a Lightning checkpoint keeps its denoiser. */
const DENOISER = 'preproc.model.';
const ARRAYS = { float32: Float32Array, float64: Float64Array } as const;

/** A model of one generator out of a Lightning checkpoint. */
export interface PublishedModel {
  /** Masks are logits. */
  readonly heads: Omit<Heads, 'negatives'>;
  /** Under the denoiser's own names. */
  readonly denoiser: ReadonlyMap<string, CheckpointTensor>;
}

/** Takes a state apart (specification, section 6). Every entry must be known, in float32 with its shape. @throws CHECKPOINT_MISMATCH */
export function publishedModel(tensors: ReadonlyMap<string, CheckpointTensor>, file: string): PublishedModel {
  const refuse = (detail: string): never => {
    throw new SyntraceError('CHECKPOINT_MISMATCH', { file, network: 'MaskSim', detail });
  };
  if (!tensors.has('clf_a')) return refuse(refusalOf(tensors));
  const denoiser = new Map([...tensors].flatMap(([name, tensor]) => (name.startsWith(DENOISER) ? [[name.slice(DENOISER.length), tensor] as const] : [])));
  if (denoiser.size === 0) return refuse('its front end is not the denoiser that all published models have');
  const read = (name: string, shape?: readonly number[]): Float32Array | Float64Array => {
    const tensor = tensors.get(name) ?? refuse(`it has no ${name}`);
    if (tensor.dtype !== 'float32' && tensor.dtype !== 'float64') return refuse(`${name} is ${tensor.dtype}, expected float32`);
    if (shape && tensor.shape.join() !== shape.join()) return refuse(`${name} has the shape [${tensor.shape.join(', ')}], expected [${shape.join(', ')}]`);
    // A copy: what the file holds need not lie at a multiple of its size.
    const data = new ARRAYS[tensor.dtype](new Uint8Array(tensor.bytes).buffer);
    return data.every(Number.isFinite) ? data : refuse(`${name} holds numbers that are not finite`);
  };
  const count = [...tensors.keys()].filter(name => name.startsWith('ref_pattern_list.')).length;
  const [channels, height, width] = tensors.get('ref_pattern_list.0')?.shape ?? [];
  if (channels !== 3 || !height || height !== width) return refuse('its reference is not [3, s, s]');
  const planes = (list: string) => {
    const parts = Array.from({ length: count }, (_, m) => read(`${list}.${m}`, [3, height, width!]));
    return Float32Array.from(parts.flatMap(part => [...part]));
  };
  if (!read('mask_conv.weight', [3, 1, 3, 3]).every(value => Math.abs(value - 1 / 9) < 1e-6)) return refuse('its mask is not smoothed by a 3×3 average');
  const double = (name: string, shape: readonly number[]) => Float64Array.from(read(name, shape));
  const norm = (['weight', 'bias', 'running_mean', 'running_var'] as const).map(word => double(`norm_vector.${word}`, [3]));
  if (!norm[3]!.every(value => value >= 0)) return refuse('norm_vector.running_var holds variances below 0');
  const heads = {
    height,
    width: width!,
    count,
    logits: true,
    masks: planes('mask_pre_activ_list'),
    references: planes('ref_pattern_list'),
    mixing: double('in_conv_fft.0.weight', [3, 3, 1, 1]),
    norm: Float64Array.from(norm.flatMap(row => [...row])),
    scale: Float64Array.from([...double('clf_a', []), ...double('clf_b', [])]),
  };
  const known =
    /^(clf_[ab]|preproc\.model\..+|(ref_pattern|mask_pre_activ)_list\.\d+|mask_conv\.weight|in_conv_fft\.0\.weight|norm_vector\.(weight|bias|running_mean|running_var))$/;
  const extra = [...tensors.keys()].find(name => !known.test(name) && !isCounter(name));
  if (extra !== undefined) return refuse(`its entry ${extra} does not belong to it`);
  return { heads, denoiser };
}

/** A denoiser alone is told apart from anything else. */
function refusalOf(tensors: ReadonlyMap<string, unknown>): string {
  const first = DNCNN.layers[0];
  const isDenoiser = first?.kind === 'convolution' && tensors.has(`${first.name}.weight`);
  return isDenoiser
    ? 'it is a denoiser without masks; train masks on it: syntrace train masksim DATASET --from FILE --set preprocess=DnCNN'
    : 'it has no clf_a';
}
