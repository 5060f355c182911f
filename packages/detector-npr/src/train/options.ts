import { checkShares, checkWhole, type OptionValues, optionValues, SyntraceError, type TrainingOption } from '@syntrace/core';

/** Options of `syntrace train npr`: those of the published command line under their names (specification, sections 4 to 6), and what training as stored needs beside them.
 *  What the shipped weights were trained with stands in their card; with `recipe=published` what is not given takes the published value. */
export const TRAINING_OPTIONS = {
  recipe: {
    type: 'string',
    default: 'stored',
    choices: ['stored', 'published'],
    description:
      'stored: crops of pictures as stored, both classes with the same history of resizing, blur, JPEG and WebP; published: resized to loadSize, no history',
  },
  name: { type: 'string', default: 'npr', description: 'name of the run, for the model card' },
  classes: { type: 'string', default: '', description: 'only these generators or class folders, with commas; default: all' },
  width: { type: 'number', default: 64, description: 'channels of the first convolution; the published network has 64' },
  batch_size: { type: 'number', default: 32, description: 'pictures a step' },
  crops: { type: 'number', default: 1, description: 'crops of each picture in a step' },
  lr: { type: 'number', default: 1e-3, description: 'learning rate of the first step (published: 2e-4)' },
  optim: { type: 'string', default: 'adam', choices: ['adam', 'sgd'], description: 'Adam, or descent without momentum' },
  beta1: { type: 'number', default: 0.9, description: "Adam's share of the past in the first moment" },
  weight_decay: { type: 'number', default: 0.01, description: 'decoupled weight decay of Adam (published: 0)' },
  schedule: {
    type: 'string',
    default: 'cosine',
    choices: ['cosine', 'steps'],
    description: 'cosine: to nought over all steps; steps: times lr_decay each delr_freq epochs (published)',
  },
  delr_freq: { type: 'number', default: 10, description: 'epochs between two decays of the schedule steps' },
  lr_decay: { type: 'number', default: 0.9, description: 'factor of a decay of the schedule steps' },
  niter: { type: 'number', default: 20, description: 'epochs (published: 50)' },
  seed: { type: 'number', default: 100, description: 'seed of weights, order, crops and changes' },
  loadSize: { type: 'number', default: 256, description: 'side that pictures are resized to, of the recipe published' },
  cropSize: { type: 'number', default: 64, description: 'side of the crop (published: 224)' },
  no_resize: { type: 'boolean', default: false, description: 'recipe published: validate without resizing' },
  no_crop: { type: 'boolean', default: false, description: 'recipe published: validate without cropping' },
  no_flip: { type: 'boolean', default: false, description: 'no mirror images' },
  class_bal: {
    type: 'boolean',
    default: true,
    description: 'draw with replacement, each class of each dataset as often (published: off, each class as often)',
  },
  blur_prob: { type: 'number', default: 0.15, description: 'probability of a Gaussian blur (published: 0)' },
  blur_sig: { type: 'string', default: '0.3,1.3', description: 'its deviation in samples: one, or an interval' },
  jpg_prob: { type: 'number', default: 0.6, description: 'probability of a JPEG pass (published: 0)' },
  jpg_method: { type: 'string', default: 'cv2,pil', description: 'encoders of the published code; both are libjpeg-turbo with 4:2:0, as here' },
  jpg_qual: { type: 'string', default: '60,98', description: 'its quality: one, or an inclusive range' },
  webp_prob: { type: 'number', default: 0.15, description: 'probability of a WebP pass of that quality, where there was no JPEG pass' },
  resize_prob: { type: 'number', default: 0.25, description: 'probability of being made smaller before all this' },
  resize_range: { type: 'string', default: '0.5,1', description: 'its factor: one, or an interval' },
  val_crop: { type: 'number', default: 128, description: 'side of the middle window that is validated each epoch, of the recipe stored' },
  head_looks: {
    type: 'number',
    default: 3,
    description: 'at the end the last layer is fitted anew by logistic regression, on so many looks at each picture; 0: it stays (published)',
  },
  head_sets: { type: 'string', default: '', description: 'datasets that it is fitted and the threshold chosen on, with commas; default: all' },
  head_crop: { type: 'number', default: 128, description: 'side of the crops that it is fitted on' },
  head_l2: { type: 'number', default: 1e-3, description: 'weight of the penalty of that fit' },
  save_epoch_freq: { type: 'number', default: 1, description: 'epochs between two checkpoints (--resume)' },
  ahead: { type: 'number', default: 3, description: 'batches that are prepared while the network trains' },
  cache_mb: { type: 'number', default: 1024, description: 'memory for decoded pictures' },
  threads: { type: 'number', default: 0, description: 'threads of the engine; 0: all cores' },
  set_weights: { type: 'string', default: '', description: 'with class_bal, how often datasets are drawn, e.g. bench=2,sim=0.5; default: all 1' },
  real_accuracy: { type: 'number', default: 0.93, description: 'share of the real validation pictures below the threshold' },
  precision: {
    type: 'string',
    default: 'f16',
    choices: ['f16', 'f32'],
    description: 'in which weights are kept in the ONNX file; they are rounded before anything is scored',
  },
  licence: { type: 'string', default: 'unstated', description: 'licence of the training pictures, for the model card' },
} as const satisfies Record<string, TrainingOption>;

/** Where the published command differs from our defaults: that of the README, with the script's other defaults. */
const PUBLISHED: Partial<RawSettings> = {
  lr: 2e-4,
  weight_decay: 0,
  schedule: 'steps',
  niter: 50,
  cropSize: 224,
  class_bal: false,
  blur_prob: 0,
  blur_sig: '0.5',
  jpg_prob: 0,
  jpg_qual: '75',
  webp_prob: 0,
  resize_prob: 0,
  head_looks: 0,
};

export type RawSettings = OptionValues<typeof TRAINING_OPTIONS>;

/** Checked options; lists are read. */
export interface TrainingSettings extends Omit<RawSettings, 'classes' | 'head_sets' | 'blur_sig' | 'jpg_qual' | 'resize_range' | 'set_weights'> {
  readonly recipe: 'stored' | 'published';
  readonly classes: readonly string[];
  readonly head_sets: readonly string[];
  readonly blur_sig: Interval;
  readonly jpg_qual: Interval;
  readonly resize_range: Interval;
  readonly set_weights: ReadonlyMap<string, number>;
}

export type Interval = readonly [low: number, high: number];

/** Checks options against their declaration. @throws USAGE */
export function settingsOf(options: Readonly<Record<string, string | number | boolean>>): TrainingSettings {
  const published = options.recipe === 'published';
  const all = optionValues(TRAINING_OPTIONS, options, published ? PUBLISHED : {});
  checkShares(all, PROBABILITIES);
  checkWhole(all, WHOLE);
  for (const name of POSITIVE) if (!(all[name] > 0)) refuse(`option ${name} must be above 0, received ${all[name]}`);
  if ([all.cropSize, all.val_crop, all.head_crop].some(side => side % 2 !== 0)) refuse('options cropSize, val_crop and head_crop must be even: cells are 2×2');
  if (published && all.cropSize > all.loadSize) refuse(`option cropSize must be at most loadSize, received ${all.cropSize} and ${all.loadSize}`);
  return {
    ...all,
    recipe: published ? 'published' : 'stored',
    classes: all.classes.split(',').filter(Boolean),
    head_sets: all.head_sets.split(',').filter(Boolean),
    blur_sig: interval('blur_sig', all.blur_sig, 0.01, 20),
    jpg_qual: interval('jpg_qual', all.jpg_qual, 1, 100),
    resize_range: interval('resize_range', all.resize_range, 0.1, 1),
    set_weights: weights(all.set_weights),
  };
}

const PROBABILITIES = ['blur_prob', 'jpg_prob', 'webp_prob', 'resize_prob', 'real_accuracy', 'beta1'] as const;
const WHOLE = [
  ['batch_size', 2],
  ['width', 4],
  ['crops', 1],
  ['niter', 1],
  ['delr_freq', 1],
  ['loadSize', 32],
  ['cropSize', 32],
  ['val_crop', 32],
  ['head_looks', 0],
  ['head_crop', 32],
  ['save_epoch_freq', 1],
  ['ahead', 1],
  ['cache_mb', 0],
  ['threads', 0],
  ['seed', 0],
] as const;
const POSITIVE = ['lr', 'lr_decay', 'head_l2'] as const;

const refuse = (detail: string): never => {
  throw new SyntraceError('USAGE', { detail });
};

function interval(name: keyof RawSettings, text: string, least: number, most: number): Interval {
  const numbers = text.split(',').map(Number);
  const [low = Number.NaN, high = low, ...more] = numbers;
  if (!(low >= least && low <= high && high <= most) || more.length > 0)
    return refuse(`option ${name} must be a number or two in ${least}…${most}, received ${text}`);
  return [low, high];
}

function weights(text: string): ReadonlyMap<string, number> {
  const pairs = text
    .split(',')
    .filter(Boolean)
    .map(pair => pair.split('='));
  if (pairs.some(([name, weight, ...more]) => !name || !(Number(weight) > 0) || more.length > 0))
    refuse(`option set_weights must look like bench=2,more=1, received ${text}`);
  return new Map(pairs.map(([name, weight]) => [name!, Number(weight)]));
}
