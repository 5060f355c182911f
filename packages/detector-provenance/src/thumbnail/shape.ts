import type { Window } from '@syntrace/core';
import type { Camera } from '../camera/camera.js';
import { Cursor, EndOfBytes } from '../file/cursor.js';
import { scanJpeg } from '../file/jpeg.js';
import { Parts } from '../file/parts.js';

type Size = NonNullable<Parts['size']>;

/** Shape of the embedded JPEG against the picture's. Cameras fill a thumbnail of 4:3 up with black bars, so that shape always fits. */
export function scanThumbnail(bytes: Uint8Array, size: Parts['size']): Camera['thumbnail'] {
  const parts = new Parts('jpeg');
  try {
    scanJpeg(new Cursor(bytes), parts);
  } catch (error) {
    if (!(error instanceof EndOfBytes)) throw error;
  }
  if (!parts.size || !size || parts.size.width === 0 || parts.size.height === 0) return null;
  const { width, height } = parts.size;
  const shape = Math.max(width, height) / Math.min(width, height);
  const whole = Math.max(size.width, size.height) / Math.min(size.width, size.height);
  return { width, height, shapeFits: isNear(shape, whole) || mayHaveBars(shape), match: null };
}

/** The part of a thumbnail that shows the whole picture: all of it, or what bars leave in the middle. `null` when it was turned or has another shape. */
export function contentWindow({ width, height }: Size, picture: Size): Window | null {
  const [shape, whole] = [width / height, picture.width / picture.height];
  if (isNear(shape, whole)) return { x: 0, y: 0, width, height };
  if (!mayHaveBars(Math.max(shape, 1 / shape)) || (shape - 1) * (whole - 1) < 0) return null;
  const [w, h] = whole > shape ? [width, Math.round(width / whole)] : [Math.round(height * whole), height];
  return { x: Math.floor((width - w) / 2), y: Math.floor((height - h) / 2), width: w, height: h };
}

const isNear = (shape: number, other: number): boolean => Math.abs(shape / other - 1) < 0.04;
const mayHaveBars = (shape: number): boolean => Math.abs(shape * 0.75 - 1) < 0.02;
