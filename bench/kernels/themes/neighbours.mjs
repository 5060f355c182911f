import { texture } from '../sizes.mjs';
import { scattered } from '../timing.mjs';

/** Distances of rows and their axes; texture_peer.py times the same under the same names. */
export async function neighbours({ k, time }) {
  const [count, width] = texture.rows;
  const doubles = (length, shape) => k.tensor('f64', scattered(length), shape);
  const features = doubles(count * width, texture.rows);
  await time(`nearest 5 of ${count} x ${width}`, () => k.nearest(features, features, { k: 5, withoutSelf: true }), { flops: 2 * count * count * width });
  await time(`distances ${count} x ${width}`, () => k.distances(features, features), { flops: 2 * count * count * width });
  const side = 300;
  const square = doubles(side * side, [side, side]);
  await time(`symmetricEigen ${side}`, () => k.symmetricEigen(square));
  await time(`svd ${side}`, () => k.svd(square));
  await time(`principalAxes 8 of ${side}`, () => k.principalAxes(square, 8));
  k.free(features, square);
}
