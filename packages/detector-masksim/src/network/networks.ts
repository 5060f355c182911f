import { batchNorm, type Convolution, type Layer, type Network, relu } from '@syntrace/core';

/** A 3×3 convolution without padding. */
const valid = (name: string, from: number, to: number, bias: boolean): Convolution => ({
  kind: 'convolution',
  name,
  from,
  to,
  kernel: 3,
  stride: 1,
  padding: 0,
  bias,
});

/** Y, Cb, Cr in, the noise residual out. */
const PLANES = { input: { name: 'planes', channels: 3 }, output: { name: 'residual', planes: 3 } } as const;

/** Channels of the published denoiser. */
export const DNCNN_WIDTH = 64;
/** Its blocks of convolution, batch norm and ReLU. */
const BLOCKS = Array.from({ length: 15 }, (_, i) => i + 1);

/** The published denoiser under its own names (specification, section 3): 558,403 parameters, 17 convolutions, no padding. Planes / 255 in, residual out; takes 34 off a side. */
export const DNCNN: Network = {
  name: 'DnCNN',
  ...PLANES,
  layers: [
    valid('0', 3, DNCNN_WIDTH, true),
    relu,
    ...BLOCKS.flatMap((k): readonly Layer[] => [valid(`${3 * k - 1}`, DNCNN_WIDTH, DNCNN_WIDTH, false), batchNorm(`${3 * k}`, DNCNN_WIDTH), relu]),
    valid('47', DNCNN_WIDTH, 3, true),
  ],
};

/** What the published denoiser is folded to, levels 0…255 in: convolutions with bias; behind each ReLU a constant is taken off each channel (a batch norm with variance 1, whose mean it is). */
export const CENTRED: Network = {
  name: 'DnCNN, centred',
  ...PLANES,
  layers: Array.from({ length: BLOCKS.length + 2 }, (_, i): readonly Layer[] => {
    const last = i === BLOCKS.length + 1;
    const step = valid(`conv${i}`, i === 0 ? 3 : DNCNN_WIDTH, last ? 3 : DNCNN_WIDTH, true);
    return last ? [step] : [step, relu, { kind: 'batch-norm', name: `centre${i}`, channels: DNCNN_WIDTH, epsilon: 0 }];
  }).flat(),
};

/** Channels and convolutions of the package's own denoiser. */
const [OWN_WIDTH, OWN_DEPTH] = [16, 8];

/** The package's own denoiser (scripts/train-denoiser.py): a 35th of the multiply-adds of the published one. Levels 0…255 in, residual in levels out; takes 16 off a side, so that
 *  what is left of 512 or 256 samples is a multiple of the JPEG grid, whose peaks then fall on whole frequencies. */
export const OWN: Network = {
  name: 'own denoiser',
  ...PLANES,
  layers: Array.from({ length: OWN_DEPTH }, (_, i): readonly Layer[] => {
    const last = i === OWN_DEPTH - 1;
    const step = valid(`conv${i + 1}`, i === 0 ? 3 : OWN_WIDTH, last ? 3 : OWN_WIDTH, true);
    return last ? [step] : [step, relu];
  }).flat(),
};

/** Samples that a network without padding takes off each edge. */
export const marginOf = ({ layers }: Network): number => layers.reduce((sum, layer) => sum + (layer.kind === 'convolution' ? (layer.kernel - 1) / 2 : 0), 0);

/** Multiply-adds of a network on one window: that of each convolution over what it gives. */
export function multiplyAdds({ layers }: Network, window: number): number {
  let side = window;
  return layers.reduce((sum, layer) => {
    if (layer.kind !== 'convolution') return sum;
    side -= layer.kernel - 1;
    return sum + side * side * layer.from * layer.to * layer.kernel ** 2;
  }, 0);
}
