import { describe, expect, it } from 'vitest';
import { PUBLISHED_TABLES } from './index.js';
import { generatorKey, meanOfMethod, placeIn } from './published-table.js';

/** Means that the tables print below their columns, accuracy and average precision. */
const PRINTED: Readonly<Record<string, Readonly<Record<string, readonly [accuracy: number, averagePrecision?: number]>>>> = {
  aigcdetectbenchmark: {
    CNNSpot: [70.78],
    FreDect: [64.03],
    Fusing: [68.38],
    GramNet: [68.67],
    LNP: [83.84],
    LGrad: [75.34],
    'DIRE-G': [68.68],
    'DIRE-D': [71.53],
    UnivFD: [78.43],
    RPTCon: [89.31],
    NPR: [91.74],
  },
  forensynths: {
    CNNDetection: [67.1, 86.9],
    Frank: [78.9, 76.5],
    Durall: [67.7, 64.4],
    Patchfor: [80.7, 87.1],
    F3Net: [80.4, 86.2],
    SelfBland: [61.9, 66.4],
    GANDetection: [72.3, 90.1],
    BiHPF: [78.6, 77.9],
    FrePGAN: [79.4, 87.2],
    LGrad: [86.1, 91.5],
    Ojha: [89.1, 98.3],
    NPR: [92.5, 96.1],
  },
  genimage: { NPR: [90.1, 96.9] },
};

describe('published tables', () => {
  it.each(PUBLISHED_TABLES.map(table => [table.layout, table] as const))(
    '%s: each method has a figure for each generator, and the printed mean',
    (layout, table) => {
      for (const { method, accuracy, averagePrecision } of table.methods) {
        for (const values of [accuracy, ...(averagePrecision ? [averagePrecision] : [])]) {
          expect(values).toHaveLength(table.generators.length);
          expect(values.every(value => value >= 0 && value <= 100)).toBe(true);
        }
        const [mean, precision] = PRINTED[layout]?.[method] ?? [];
        // Printed to one or two decimals, from figures that are rounded themselves.
        if (mean !== undefined) expect(Math.abs(meanOfMethod(accuracy) - mean)).toBeLessThan(0.07);
        if (precision !== undefined) expect(Math.abs(meanOfMethod(averagePrecision!) - precision)).toBeLessThan(0.07);
      }
      if (PRINTED[layout]) expect(table.methods.map(({ method }) => method)).toEqual(Object.keys(PRINTED[layout]));
    },
  );

  it('hold sixteen generators and eleven methods of AIGCDetectBenchmark, with the corrected rows of NPR', () => {
    const table = PUBLISHED_TABLES.find(({ layout }) => layout === 'aigcdetectbenchmark')!;
    expect([table.generators.length, table.methods.length]).toEqual([16, 11]);
    const npr = table.methods.at(-1)!.accuracy;
    expect([npr[placeIn(table, 'stargan')], npr[placeIn(table, 'GauGAN')]]).toEqual([99.6, 85.4]);
  });

  it('find a generator under the names that folders give it', () => {
    const table = PUBLISHED_TABLES.find(({ layout }) => layout === 'aigcdetectbenchmark')!;
    const found = ['whichfaceisreal', 'stable_diffusion_v_1_4', 'SDv1.5', 'sdv5', 'dalle2', 'progan'].map(name => table.generators[placeIn(table, name)]);
    expect(found).toEqual(['WFIR', 'SDv1.4', 'SDv1.5', 'SDv1.5', 'DALLE2', 'ProGAN']);
    expect(placeIn(table, 'sdxl')).toBe(-1);
    expect(generatorKey('Guided-Diffusion')).toBe(generatorKey('ADM'));
  });
});
