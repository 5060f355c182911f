import type { Window } from '@syntrace/core';

/** The JPEG grid, on which a window's corner lies. */
export const GRID = 8;

/** The window in the middle of a picture, its corner on a multiple of 8 (specification, section 2). Both sides must be at least the window's. */
export function centreCrop(width: number, height: number, side: number): Window {
  const along = (length: number) => Math.floor(Math.max(0, Math.floor(length / 2) - side / 2) / GRID) * GRID;
  return { x: along(width), y: along(height), width: side, height: side };
}
