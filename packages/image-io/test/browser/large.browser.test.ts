import { expect, it } from 'vitest';
import { decode, encodePng } from '../platform/browser.js';

it('a picture that fills the codec’s memory, and one after it', async () => {
  const [width, height] = [3200, 2400];
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < data.length; i += 997) data[i] = i & 255;
  const file = await encodePng({ width, height, data });
  for (let i = 0; i < 2; i++) {
    const image = await decode(file);
    expect([image.width, image.height, image.channels]).toEqual([width, height, 3]);
    expect(image.data.every((value, at) => value === data[at])).toBe(true);
  }
}, 60_000);
