import type { Image, Window } from '@syntrace/core';

type Size = Pick<Image, 'width' | 'height'>;

/** The middle window of a picture; of two middles the one nearer to the origin when the sides are odd. */
export const middleWindow = ({ width, height }: Size, outer: Size): Window => ({
  x: Math.floor(outer.width / 2) - Math.floor(width / 2),
  y: Math.floor(outer.height / 2) - Math.floor(height / 2),
  width,
  height,
});
