import { Cursor, EndOfBytes } from '../file/cursor.js';
import { scanJpeg } from '../file/jpeg.js';
import { Parts } from '../file/parts.js';
import type { Camera } from './camera.js';

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
  return { width, height, shapeFits: Math.abs(shape / whole - 1) < 0.04 || Math.abs(shape * 0.75 - 1) < 0.02 };
}
