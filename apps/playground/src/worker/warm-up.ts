import { encodeJpeg } from '@syntrace/image-io';
import { decodeNamed } from './decode-named.js';
import type { Session } from './session.js';

const SIDE = 256;

/** Judges an empty picture, so that the first of the user's finds kernels compiled and checked, weights loaded and the JPEG decoder there. */
export async function warmUp({ syntrace }: Session): Promise<void> {
  const empty = { width: SIDE, height: SIDE, data: new Uint8Array(3 * SIDE * SIDE) };
  const jpeg = await encodeJpeg(empty, { quality: 90, subsampling: '4:2:0' });
  await syntrace.detect(await decodeNamed({ name: 'empty', file: new Blob([jpeg as Uint8Array<ArrayBuffer>]) }, { keepEncoded: true }));
}
