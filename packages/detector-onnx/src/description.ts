import { checkCard, type LumaWeights, type ModelCard, type Resampling, SyntraceError } from '@syntrace/core';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What of a picture the network is shown.
 *  - `whole`: the picture as stored; the network takes any size of at least `minimum`
 *  - `crop`: the middle as stored; smaller pictures get an abstention
 *  - `resize`: the whole picture at another size, whatever its shape
 *  - `resize-crop`: its shorter side made `shorterSide`, then the middle (torchvision's Resize and CenterCrop)
 *  A resize destroys many traces: use it where the network was trained with it. */
export type OnnxView =
  | { readonly kind: 'whole'; readonly minimum: Size }
  | ({ readonly kind: 'crop' } & Size)
  | ({ readonly kind: 'resize'; readonly resampling: Resampling } & Size)
  | ({ readonly kind: 'resize-crop'; readonly shorterSide: number; readonly resampling: Resampling } & Size);

/** What the network's answer means. `name` is its output, default the first.
 *  - `logit`, `probability`: one number, the value at `index` (default 0) of a row, for the class `of`
 *  - `logits`: one for each class, at these places; the score is their difference, the log-odds of a softmax over the two */
export type OnnxOutput =
  | { readonly kind: 'logit' | 'probability'; readonly of: 'synthetic' | 'real'; readonly index?: number; readonly name?: string }
  | { readonly kind: 'logits'; readonly synthetic: number; readonly real: number; readonly name?: string };

/** How a picture becomes the network's input and its answer a score: the field `preprocessing` of a model card.
 *  An input value is (sample / `scale` − `mean`) / `deviation` of its channel, samples 0…255. */
export interface OnnxPreprocessing {
  readonly view: OnnxView;
  /** Three planes in this order, or one of luma. Grey pictures count as R = G = B. */
  readonly colour: 'rgb' | 'bgr' | LumaWeights;
  readonly scale: number;
  /** One number for each plane. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  readonly layout: 'nchw' | 'nhwc';
  /** Name of the input. Default: the only one. */
  readonly input?: string;
  /** Most pictures that go through at once; 1 for a model with a fixed batch. Default 16. */
  readonly batch?: number;
  readonly output: OnnxOutput;
}

/** A checked description. */
export interface Description {
  readonly card: ModelCard;
  readonly how: OnnxPreprocessing;
  /** The file that `files` names. */
  readonly file: string;
}

type Fields = Readonly<Record<string, unknown>>;
const LUMA: readonly unknown[] = ['pillow-l', 'bt601', 'tensorflow', 'ntsc-inverse'] satisfies readonly LumaWeights[];
const RESAMPLINGS: readonly unknown[] = ['cubic', 'linear-antialiased', 'linear-pillow'] satisfies readonly Resampling[];

/** A model card whose `preprocessing` describes the whole way from samples to a score. @throws ARTIFACT_INVALID with the field that is wrong */
export function checkDescription(value: unknown): Description {
  const card = checkCard(value);
  if (!isName(card.method)) throw invalid('`method` must say what the network looks at');
  const how = fieldsOf(card.preprocessing);
  const problem = preprocessingProblem(how);
  if (problem) throw invalid(`preprocessing.${problem}`);
  const models = Object.keys(card.files).filter(name => name.endsWith('.onnx'));
  if (models.length !== 1) throw invalid(`\`files\` must name one .onnx file, it names ${models.length}`);
  return { card, how: how as unknown as OnnxPreprocessing, file: models[0]! };
}

const invalid = (detail: string): SyntraceError => new SyntraceError('ARTIFACT_INVALID', { file: 'model.json', detail });

function preprocessingProblem({ view, colour, scale, mean, deviation, layout, input, batch, output }: Fields): string | null {
  if (colour !== 'rgb' && colour !== 'bgr' && !LUMA.includes(colour)) return `colour must be "rgb", "bgr" or one of ${LUMA.join(', ')}, is ${show(colour)}`;
  const planes = colour === 'rgb' || colour === 'bgr' ? 3 : 1;
  if (!isAbove0(scale)) return `scale must be a number above 0, is ${show(scale)}`;
  if (!isNumbers(mean, planes, Number.isFinite)) return `mean must be a list of ${planes} numbers, is ${show(mean)}`;
  if (!isNumbers(deviation, planes, isAbove0)) return `deviation must be a list of ${planes} numbers above 0, is ${show(deviation)}`;
  if (layout !== 'nchw' && layout !== 'nhwc') return `layout must be "nchw" or "nhwc", is ${show(layout)}`;
  if (input !== undefined && !isName(input)) return `input must be a name, is ${show(input)}`;
  if (batch !== undefined && !isCount(batch)) return `batch must be a whole number above 0, is ${show(batch)}`;
  return viewProblem(fieldsOf(view)) ?? outputProblem(fieldsOf(output));
}

function viewProblem({ kind, minimum, width, height, shorterSide, resampling }: Fields): string | null {
  if (kind === 'whole') return isSize(fieldsOf(minimum)) ? null : 'view.minimum needs width and height, whole numbers above 0';
  if (kind !== 'crop' && kind !== 'resize' && kind !== 'resize-crop') return `view.kind must be "whole", "crop", "resize" or "resize-crop", is ${show(kind)}`;
  if (!isSize({ width, height })) return 'view needs width and height, whole numbers above 0';
  if (kind !== 'crop' && !RESAMPLINGS.includes(resampling)) return `view.resampling must be one of ${RESAMPLINGS.join(', ')}, is ${show(resampling)}`;
  if (kind === 'resize-crop' && !(isCount(shorterSide) && shorterSide >= Math.max(Number(width), Number(height))))
    return 'view.shorterSide must be a whole number, not below width and height';
  return null;
}

function outputProblem({ kind, of, index, synthetic, real, name }: Fields): string | null {
  if (name !== undefined && !isName(name)) return `output.name must be a name, is ${show(name)}`;
  if (kind === 'logits') return isPlace(synthetic) && isPlace(real) && synthetic !== real ? null : 'output needs two different places, `synthetic` and `real`';
  if (kind !== 'logit' && kind !== 'probability') return `output.kind must be "logit", "probability" or "logits", is ${show(kind)}`;
  if (of !== 'synthetic' && of !== 'real') return `output.of must be "synthetic" or "real", is ${show(of)}`;
  return index === undefined || isPlace(index) ? null : `output.index must be a whole number, is ${show(index)}`;
}

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const show = (value: unknown): string => JSON.stringify(value) ?? 'missing';
const isName = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;
const isAbove0 = (value: unknown): boolean => Number.isFinite(value) && (value as number) > 0;
const isSize = ({ width, height }: Fields): boolean => isCount(width) && isCount(height);
const isNumbers = (value: unknown, count: number, holds: (each: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length === count && value.every(holds);
