import { type Explanation, type Kernels, withTensors } from '@syntrace/core';
import type { ThumbnailComparison } from './compare.js';

const WORDS = {
  fits: 'It shows this picture.',
  differs: 'It shows something else: the picture was changed after the thumbnail was made, or the thumbnail is of another picture.',
  unclear: 'It is too unlike the picture to say that it is its own, and too like it to say that it is not.',
} as const;

/** Where the picture and its embedded thumbnail differ. */
export const drawThumbnail = ({ match, width, height, differences }: ThumbnailComparison, kernels: Kernels): Promise<Explanation> =>
  withTensors(kernels, async keep => {
    const plane = keep(kernels.tensor('f32', differences, [height, width]));
    const data = await kernels.read(keep(await kernels.heatMap(plane, { map: 'coolwarm', low: -2, high: 2 })));
    return {
      id: 'provenance.thumbnail',
      title: 'Embedded thumbnail',
      description: `The picture at the size of its embedded thumbnail, less the thumbnail (correlation ${match.correlation.toFixed(3)}). ${WORDS[match.verdict]}`,
      picture: { width, height, data },
      enlarge: 2,
      scale: { low: 'thumbnail brighter', high: 'picture brighter', map: 'coolwarm' },
    };
  });
