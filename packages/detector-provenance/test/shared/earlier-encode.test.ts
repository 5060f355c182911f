import { decode } from '@syntrace/image-io';
import { expect, it } from 'vitest';
import { findEarlierEncode, lastLumaTable } from '../../src/jpeg-history/earlier-encode.js';
import { drawPixels } from '../../src/pixels/draw-pixels.js';
import { openKernels } from '../kernels.js';
import { fixture } from '../platform/node.js';

const kernels = openKernels();

async function look(name: string) {
  const data = await fixture(name);
  const image = await decode({ uri: name, data });
  const lastTable = lastLumaTable(data);
  return { image, lastTable, earlierEncode: await findEarlierEncode(image, lastTable, kernels()) };
}

it('finds quality and grid of an encode before a crop, and draws it', async () => {
  const { image, lastTable, earlierEncode } = await look('twice.jpg');
  expect(earlierEncode).toMatchObject({ x: 5, y: 3 });
  expect(Math.abs(earlierEncode!.quality - 60)).toBeLessThanOrEqual(2);
  const [drawing, ...others] = await drawPixels(image, { earlierEncode, lastTable, thumbnail: null }, kernels());
  expect(others).toEqual([]);
  expect(drawing).toMatchObject({
    id: 'provenance.earlier-encode',
    picture: { width: 23, height: 23 },
    description: expect.stringMatching(/5 columns and 3 rows in/),
  });
});

it.each(['once.jpg', 'watermark-sd1.png', 'plain.jpg'])('finds none in %s', async name => {
  expect((await look(name)).earlierEncode).toBeNull();
});
