import type { FoundClassifier, ImportableClassifiers, Layer, ModelCard, RecognisedClassifier, RecordedRun } from '@syntrace/core';
import { sha256, writeSafetensors } from '@syntrace/core';
import { EPS, type Preprocessing, STATISTICS_FILE } from './meaning.js';
import { ARCHITECTURES, type Architecture, classifierNetwork, type Sizes } from './networks.js';
import proofs from './proofs.json' with { type: 'json' };

/** How published classifiers are taken: the four networks of the specification with any size, channels and number of classes. */
export const importableClassifiers: ImportableClassifiers = {
  recognise(found) {
    const { input, outputs, layers } = found;
    if (input.height !== input.width) return `it takes pictures of ${input.width}×${input.height}, not square ones`;
    if (input.channels !== 1 && input.channels !== 3) return `it takes ${input.channels} channels, not 1 or 3`;
    const sizes: Sizes = { size: input.height, channels: input.channels, outputs };
    const unnamed = shapeOf(layers);
    const architecture = ARCHITECTURES.find(each => shapeOf(classifierNetwork(each, sizes).layers) === unnamed);
    if (!architecture) return `its layers are those of none of ${ARCHITECTURES.join(', ')}: ${described(layers)}`;
    return recognised(architecture, sizes, found);
  },
};

/** Layers without their names, and without what counts while training alone. */
const shapeOf = (layers: readonly Layer[]): string =>
  JSON.stringify(
    layers.filter(({ kind }) => kind !== 'dropout'),
    (key, value: unknown) => (key === 'name' || key === 'momentum' ? undefined : value),
  );

const described = (layers: readonly Layer[]): string => layers.map(({ kind }) => kind).join(', ');

function recognised(architecture: Architecture, sizes: Sizes, found: FoundClassifier): RecognisedClassifier {
  const { sizes: proved, seed, run } = proofs[architecture] as { readonly sizes: Sizes; readonly seed: number; readonly run: RecordedRun };
  return {
    network: classifierNetwork(architecture, sizes),
    proof: { network: classifierNetwork(architecture, proved), seed, run },
    async finish(imported, { state, statistics }) {
      const weights = state.get('dense.weight')!;
      const entries = [
        ...(statistics ? Object.entries(statistics) : []),
        ...(architecture === 'linear' ? [['weights', { ...weights, shape: [sizes.outputs, sizes.channels, sizes.size, sizes.size] }] as const] : []),
      ];
      const bytes = writeSafetensors(new Map(entries));
      const files = new Map(entries.length > 0 ? [[STATISTICS_FILE, bytes]] : []);
      const preprocessing: Preprocessing = {
        input: statistics ? 'log-dct' : 'pixels',
        size: sizes.size,
        colour: sizes.channels === 3 ? 'rgb' : 'grey',
        eps: EPS,
      };
      const name = publishedName(architecture, found.penalty);
      const card = { ...cardOf(name, preprocessing, sizes.outputs), training: { imported, model: name, ...found.penalty } };
      return { card: { ...card, files: Object.fromEntries(files.size > 0 ? [[STATISTICS_FILE, await sha256(bytes)]] : []) }, files };
    },
  };
}

/** A linear one is called by its penalty. */
function publishedName(architecture: Architecture, { l1, l2 }: FoundClassifier['penalty']): string {
  if (architecture !== 'linear') return architecture;
  return l1 > 0 ? (l2 > 0 ? 'log3' : 'log1') : l2 > 0 ? 'log2' : 'log';
}

/** The card of an imported classifier: the published rule decides, sigmoid > 0.5 or the largest output. */
function cardOf(name: string, preprocessing: Preprocessing, outputs: number): Omit<ModelCard, 'files' | 'recorded' | 'training'> {
  const of = preprocessing.input === 'pixels' ? 'pixels' : 'log-scaled DCT spectra';
  return {
    format: 1,
    detector: 'frequency',
    version: '1',
    method: `${name} on ${of}, after Frank et al., ICML 2020 (imported weights)`,
    preprocessing: { ...preprocessing },
    labels: ['real', 'synthetic'],
    ...(outputs > 1 && { classes: Array.from({ length: outputs }, (_, i) => (i === 0 ? 'real' : `class ${i}`)) }),
    threshold: 0,
    abstention: null,
    calibration: null,
    realScoreQuantiles: [],
    trainingData: [],
    measured: {},
    licence: "the classifier's own",
  };
}
