import { seededRandom } from '@syntrace/core';

const SCENES = 32;
/** Standard deviations of a tile's own noise and of a generator's pattern, in levels. */
const NOISE = 5;
const PATTERN = 1.5;

/** Synthetic pictures: a place of its own in a soft scene, noise of its own, and for a generated one the pattern of its generator (from 1; 0: none). Each depends on
 *  its number alone. */
export async function openTiles(kernels, side) {
  const shape = [1, side, side, 3];
  const scenes = Array.from({ length: SCENES }, (_, i) => kernels.tensor('u8', scene(i, 2 * side), [1, 2 * side, 2 * side, 3]));
  const patterns = new Map();
  const patternOf = async generator => {
    if (!patterns.has(generator)) patterns.set(generator, await kernels.normalNoise(shape, { seed: 2, stream: generator }));
    return patterns.get(generator);
  };
  return {
    async tile(number, generator = 0) {
      const noise = await kernels.normalNoise(shape, { seed: 1, stream: number });
      const random = seededRandom(number, 'place');
      const place = await kernels.crop(scenes[number % SCENES], [{ x: random.below(side), y: random.below(side), width: side, height: side }]);
      let made = await kernels.addNoise(place, noise, NOISE);
      kernels.free(noise, place);
      if (generator > 0) {
        const plain = made;
        made = await kernels.addNoise(plain, await patternOf(generator), PATTERN);
        kernels.free(plain);
      }
      const data = await kernels.read(made);
      kernels.free(made);
      const stored = { channels: 3, bitDepth: 8, frames: 1, colour: 'rgb' };
      const source = { uri: `tile-${number}`, format: 'raw', bytes: 0, decoder: 'synthetic', jpeg: null, stored, orientation: 1, icc: false, encoded: null };
      return { width: side, height: side, channels: 3, data, source, warnings: [] };
    },
    close: () => kernels.free(...scenes, ...patterns.values()),
  };
}

function scene(number, side) {
  const random = seededRandom(number, 'scene');
  const waves = Array.from({ length: 4 }, () => [random.next() / 8, random.next() / 8, 18 * random.next(), 6 * random.next()]);
  const data = new Uint8Array(3 * side * side);
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    const level = waves.reduce((sum, [fx, fy, height, phase]) => sum + height * Math.sin(fx * x + fy * y + phase), 128);
    data.fill(Math.max(0, Math.min(255, Math.round(level))), 3 * i, 3 * i + 3);
  }
  return data;
}
