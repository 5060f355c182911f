import { readFileSync } from 'node:fs';
import { encodePng } from '@syntrace/image-io';
import { generated, photograph } from '../../../detector-frequency/test/pictures.js';

export { canBeUnprivileged, type Leaf, makeTree } from '../../../datasets/test/tree.js';

/** A soft texture as PNG; `seed` makes others. */
export const photoPng = (seed: number, width = 160, height = width): Promise<Uint8Array> => encodePng(photograph(seed, width, height));
/** The same kind of texture, enlarged by repeating samples. */
export const generatedPng = (seed: number, width = 160, height = width): Promise<Uint8Array> => encodePng(generated(seed, width, height));

/** A file of image-io's fixtures. */
export const fixture = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../../image-io/test/fixtures/${path}`, import.meta.url)));

/** A plugin as a third party writes it, without a build: its score is the first sample of the picture minus 100, after a pause. */
export const pluginSource = ({ id = 'first-sample', contract = 1, ms = 0 } = {}): string => `
export default {
  name: 'plugin-of-a-test', version: '1.2.3', contract: ${contract},
  detectors: [{
    id: '${id}', description: 'the first sample', unit: 'image', requires: { minimumSize: { width: 1, height: 1 } },
    open: async () => ({
      async detect(batch) {
        await new Promise(resolve => setTimeout(resolve, ${ms} * batch.length));
        return batch.map(image => {
          const score = image.data[0] - 100;
          return { score, probability: 1 / (1 + Math.exp(-score / 50)), threshold: 0, verdict: score > 0 ? 'synthetic' : 'real', realShare: null, warnings: [], evidence: null };
        });
      },
      close: async () => {},
    }),
  }],
};
`;
