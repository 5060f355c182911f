import { checkShares, checkWhole, type OptionValues, optionValues, SyntraceError, type TrainingOption } from '@syntrace/core';

/** Options of `syntrace train masksim`: those of the published command line under their names (specification, section 7), and what few pictures need beside them. With `recipe=published` what
 *  is not given takes the published value. */
export const TRAINING_OPTIONS = {
  recipe: {
    type: 'string',
    default: 'stored',
    choices: ['stored', 'published', 'means'],
    description:
      'stored: begins with the means of the classes, both with the same history; published: begins with noise, photographs also resized; means: nothing is learnt, the mean spectrum of the generator is the reference under no mask (a baseline)',
  },
  window: { type: 'number', default: 512, description: 'side of the window in samples (-w); smaller pictures are left out and counted' },
  batch: { type: 'number', default: 16, description: 'pictures a step, half of them real (-b; published: 8, half real on average)' },
  epochs: { type: 'number', default: 12, description: 'passes over the pictures (-e; published: 50)' },
  preprocess: {
    type: 'string',
    default: 'own',
    choices: ['own', 'wavelet', 'DnCNN'],
    description: "front end (-p): the package's denoiser, wavelets, or the published denoiser, given by --from",
  },
  quality: { type: 'string', default: 'random', description: 'JPEG or WebP quality (-Q): random in 65…100, a number, or none' },
  compression: { type: 'string', default: 'jpeg', choices: ['jpeg', 'webp'], description: 'kind of the compression' },
  compression_prob: { type: 'number', default: 0.95, description: 'probability of a random compression; a fixed one is always made' },
  progress: { type: 'boolean', default: true, description: 'tell the losses of each epoch' },
  classes: { type: 'string', default: '', description: 'only these generators, with commas; default: all' },
  looks: { type: 'number', default: 2, description: 'looks at each training picture, whose spectra are computed once and kept' },
  half: { type: 'boolean', default: true, description: 'keep half the frequencies, as the others are their mirror image (published: false)' },
  lr: { type: 'number', default: 1e-3, description: 'learning rate of the first epoch' },
  lr_decay: { type: 'number', default: 0.99, description: 'its factor after each epoch' },
  keep: { type: 'boolean', default: false, description: 'keep the generators of the weights given (--weights; default: the shipped ones) beside the new ones' },
  real_accuracy: { type: 'number', default: 0.95, description: 'share of the real validation pictures below the threshold' },
  precision: {
    type: 'string',
    default: 'steps',
    choices: ['steps', 'f32'],
    description: 'how masks and references are kept: 256 steps, or float32; they are rounded before anything is scored',
  },
  seed: { type: 'number', default: 1, description: 'seed of looks, order and beginnings' },
  licence: { type: 'string', default: 'unstated', description: 'licence of the training pictures, for the model card' },
} as const satisfies Record<string, TrainingOption>;

type Raw = OptionValues<typeof TRAINING_OPTIONS>;

const PUBLISHED: Partial<Raw> = { batch: 8, epochs: 50, half: false, precision: 'f32' };

/** Checked options. */
export interface TrainingSettings extends Omit<Raw, 'classes' | 'quality' | 'recipe' | 'preprocess' | 'compression' | 'precision'> {
  readonly recipe: 'stored' | 'published' | 'means';
  readonly preprocess: 'own' | 'wavelet' | 'DnCNN';
  readonly compression: 'jpeg' | 'webp';
  readonly precision: 'steps' | 'f32';
  readonly classes: readonly string[];
  readonly quality: number | 'random' | 'none';
}

/** Checks options against their declaration. @throws USAGE */
export function settingsOf(options: Readonly<Record<string, string | number | boolean>>): TrainingSettings {
  const all = optionValues(TRAINING_OPTIONS, options, options.recipe === 'published' ? PUBLISHED : {});
  checkWhole(all, WHOLE);
  checkShares(all, SHARES);
  if (!(all.lr > 0 && all.lr_decay > 0)) refuse('options lr and lr_decay must be above 0');
  const quality = all.quality === 'random' || all.quality === 'none' ? all.quality : Number(all.quality);
  if (typeof quality === 'number' && !(Number.isInteger(quality) && quality >= 1 && quality <= 100))
    refuse(`option quality must be random, none or 1…100, received ${all.quality}`);
  return { ...all, quality, classes: all.classes.split(',').filter(Boolean) } as TrainingSettings;
}

const WHOLE = [
  ['window', 64],
  ['batch', 2],
  ['epochs', 1],
  ['looks', 1],
  ['seed', 0],
] as const;
const SHARES = ['compression_prob', 'real_accuracy'] as const;

const refuse = (detail: string): never => {
  throw new SyntraceError('USAGE', { detail });
};
