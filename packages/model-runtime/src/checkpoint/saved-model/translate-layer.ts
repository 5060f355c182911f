import type { FoundClassifier, Layer } from '@syntrace/core';
import type { Refuse } from '../refuse.js';
import type { KerasLayer } from './keras.js';

/** What lies between two layers: planes, or a row of `channels` features. */
export interface Shape {
  readonly channels: number;
  readonly plane: readonly [height: number, width: number] | null;
  /** Of a row that was planes: their sizes, in whose order Keras lays them out. */
  readonly flattened?: readonly [height: number, width: number, channels: number];
}

/** A layer with variables, and how the arrays of Keras become those of our networks. */
export interface Weighted {
  readonly name: string;
  readonly kind: 'convolution' | 'batch-norm' | 'dense';
  readonly bias: boolean;
  readonly flattened?: NonNullable<Shape['flattened']>;
}

/** What one layer of Keras is here. */
export interface Translation {
  readonly layers: readonly Layer[];
  readonly shape: Shape;
  readonly weighted?: Weighted;
  /** Of the last layer: what it makes of the logits, which our network gives. */
  readonly answer?: FoundClassifier['activation'];
}

type Config = KerasLayer['config'];

/** Translates one layer that takes values of a shape. `stop` refuses it, with its name. */
export function translateLayer({ kind, name, config }: KerasLayer, from: Shape, stop: Refuse): Translation {
  if (config.data_format !== undefined && config.data_format !== null && config.data_format !== 'channels_last')
    return stop(`has the format ${JSON.stringify(config.data_format)}, expected channels_last`);
  const plane = (): readonly [number, number] => from.plane ?? stop('takes planes, and is given a row of features');
  switch (kind) {
    case 'Conv2D':
      return convolution(name, config, from, plane(), stop);
    case 'BatchNormalization':
      plane();
      return batchNorm(name, config, from, stop);
    case 'Activation':
      if (config.activation !== 'relu') stop(`has the activation ${JSON.stringify(config.activation)}, expected relu`);
      return { layers: [{ kind: 'relu' }], shape: from };
    case 'MaxPooling2D':
    case 'AveragePooling2D': {
      const [kernel, stride] = [squareOf(config, 'pool_size', stop), squareOf(config, 'strides', stop)];
      if (config.padding !== 'valid') stop(`has the padding ${JSON.stringify(config.padding)}, expected valid`);
      const pool: Layer = kind === 'MaxPooling2D' ? { kind: 'max-pool', kernel, stride, padding: 0 } : { kind: 'average-pool', kernel, stride };
      return { layers: [pool], shape: { ...from, plane: smaller(plane(), kernel, stride, stop) } };
    }
    case 'GlobalAveragePooling2D':
      plane();
      return { layers: [{ kind: 'global-average-pool' }], shape: { channels: from.channels, plane: null } };
    case 'Flatten': {
      const [height, width] = plane();
      return { layers: [{ kind: 'flatten' }], shape: { channels: from.channels * height * width, plane: null, flattened: [height, width, from.channels] } };
    }
    case 'Dropout': {
      const { rate } = config;
      if (!(typeof rate === 'number' && rate >= 0 && rate < 1)) return stop(`has the rate ${JSON.stringify(rate)}`);
      return { layers: [{ kind: 'dropout', rate }], shape: from };
    }
    case 'Dense':
      return dense(name, config, from, stop);
    default:
      return stop('is of a kind that no published classifier has');
  }
}

function convolution(name: string, config: Config, { channels: from }: Shape, plane: readonly [number, number], stop: Refuse): Translation {
  const [to, kernel, stride] = [sizeOf(config, 'filters', stop), squareOf(config, 'kernel_size', stop), squareOf(config, 'strides', stop)];
  if (squareOf(config, 'dilation_rate', stop) !== 1 || (config.groups ?? 1) !== 1) stop('is dilated or in groups');
  const isSame = config.padding === 'same';
  if (!isSame && config.padding !== 'valid') stop(`has the padding ${JSON.stringify(config.padding)}`);
  if (isSame && (stride !== 1 || kernel % 2 === 0)) stop(`pads a kernel of ${kernel} at stride ${stride} unevenly`);
  const padding = isSame ? (kernel - 1) / 2 : 0;
  const bias = config.use_bias === true;
  const layer: Layer = { kind: 'convolution', name, from, to, kernel, stride, padding, bias };
  const shape: Shape = { channels: to, plane: smaller(plane.map(side => side + 2 * padding) as [number, number], kernel, stride, stop) };
  return { layers: [layer, ...inner(config, stop)], shape, weighted: { name, kind: 'convolution', bias } };
}

function batchNorm(name: string, config: Config, from: Shape, stop: Refuse): Translation {
  if (config.center !== true || config.scale !== true) stop('has no scale or no shift');
  const axis = Number([config.axis].flat()[0]);
  if (axis !== 3 && axis !== -1) stop(`normalises axis ${axis}, expected the channels`);
  const { epsilon } = config;
  if (!(typeof epsilon === 'number' && epsilon > 0)) return stop('has no epsilon above 0');
  return { layers: [{ kind: 'batch-norm', name, channels: from.channels, epsilon }], shape: from, weighted: { name, kind: 'batch-norm', bias: true } };
}

function dense(name: string, config: Config, from: Shape, stop: Refuse): Translation {
  if (from.plane) stop('takes a row of features, and is given planes');
  if (config.use_bias !== true) stop('has no bias');
  const to = sizeOf(config, 'units', stop);
  const layer: Layer = { kind: 'linear', name, from: from.channels, to };
  const weighted: Weighted = { name, kind: 'dense', bias: true, ...(from.flattened && { flattened: from.flattened }) };
  const { activation } = config;
  const shape: Shape = { channels: to, plane: null };
  if (activation !== 'sigmoid' && activation !== 'softmax') return { layers: [layer, ...inner(config, stop)], shape, weighted };
  if ((activation === 'sigmoid') !== (to === 1)) stop(`has ${to} outputs under ${activation}`);
  return { layers: [layer], shape, weighted, answer: activation };
}

/** The activation inside a layer, as a layer of its own. */
function inner({ activation }: Config, stop: Refuse): readonly Layer[] {
  if (activation === 'relu') return [{ kind: 'relu' }];
  return activation === 'linear' || activation === null || activation === undefined ? [] : stop(`has the activation ${JSON.stringify(activation)}`);
}

function smaller(plane: readonly [number, number], kernel: number, stride: number, stop: Refuse): readonly [number, number] {
  const [height, width] = plane.map(side => Math.floor((side - kernel) / stride) + 1) as [number, number];
  return height > 0 && width > 0 ? [height, width] : stop(`has a window of ${kernel} on planes of ${plane.join('×')}`);
}

export const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

function sizeOf(config: Config, key: string, stop: Refuse): number {
  const value = config[key];
  return isSize(value) ? value : stop(`has ${key} ${JSON.stringify(value)}`);
}

function squareOf(config: Config, key: string, stop: Refuse): number {
  const [height, width] = [config[key]].flat() as unknown[];
  return isSize(height) && height === width ? height : stop(`has ${key} ${JSON.stringify(config[key])}, expected two equal sizes`);
}
