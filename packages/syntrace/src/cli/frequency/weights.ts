import { join } from 'node:path';
import { type ColourMap, readSafetensors, SyntraceError } from '@syntrace/core';
import { npyBytes, replaceFile } from '@syntrace/datasets';
import { type FigureMap, heatFigures, rangeOf } from '../../stats/heat-figure.js';
import { type FigureKind, kindsOf, writeFigures } from '../../stats/write-statistics.js';
import { openSession } from '../open-session.js';
import { prepareFolder } from '../output/prepare.js';
import type { CommonOptions } from '../program-parts.js';
import { weightsAt } from '../use-weights.js';
import { classNames, windowOf } from './classifier.js';

interface WeightsOptions extends CommonOptions {
  readonly weights: string;
  readonly out: string;
  readonly limit?: number;
  readonly map: ColourMap;
  readonly figures?: readonly string[];
}

const FILE = 'statistics.safetensors';

/** Draws which frequencies (or pixels) a linear classifier looks at: one map for each of its outputs. */
export async function weightsCommand({ weights: folder, ...options }: WeightsOptions): Promise<void> {
  const kinds: readonly FigureKind[] = kindsOf(options.figures ?? ['png']);
  const { artifact } = await weightsAt(folder);
  const { size, channels } = windowOf(artifact, folder);
  const bytes = artifact.files.get(FILE);
  const tensor = bytes && readSafetensors(bytes, FILE).get('weights');
  if (tensor?.dtype !== 'f32') throw new SyntraceError('USAGE', { detail: `${folder} is no linear classifier: it has no weight for each coefficient` });
  await prepareFolder(options.out);
  const outputs = tensor.data.length / (channels * size * size);
  const names = outputs === 1 ? ['synthetic'] : classNames(artifact.card);
  const maps = names.map((name, k): FigureMap => {
    const weights = (tensor.data as Float32Array).subarray(k * channels * size * size, (k + 1) * channels * size * size);
    const values = Float64Array.from({ length: size * size }, (_, i) => {
      let sum = 0;
      for (let c = 0; c < channels; c++) sum += Math.abs(weights[c * size * size + i]!);
      return sum / channels;
    });
    return { kind: 'weight', set: name.replace(/[^\w.-]+/g, '_'), shape: [1, size, size], values };
  });
  const { syntrace } = await openSession(options);
  try {
    const kernels = await syntrace.kernels();
    const high = options.limit ?? rangeOf(maps.map(({ values }) => values)).high;
    for (const map of maps) {
      await replaceFile(join(options.out, `weight_${map.set}.npy`), npyBytes('<f8', map.values, [size, size]));
      await writeFigures(options.out, await heatFigures(map, { low: 0, high }, options.map, kernels), kinds);
    }
  } finally {
    await syntrace.close();
  }
  console.error(
    `wrote ${maps.length} arrays and their figures to ${options.out}; rows and columns are ${artifact.card.preprocessing.input === 'pixels' ? 'pixels' : 'frequencies, [0,0] the mean brightness'}`,
  );
}
