import type { Image } from '@syntrace/core';
import type { Named } from '../engine/protocol.js';
import { decodeNamed } from './decode-named.js';

/** Pictures that may be looked at again soon. */
const MOST = 2;

/** The pictures that are on the screen, decoded once; the oldest goes when another comes. */
export class Kept {
  private readonly pictures = new Map<string, Promise<Image>>();

  /** @throws the IMAGE_ errors */
  decoded(key: string, picture: Named): Promise<Image> {
    const known = this.pictures.get(key);
    if (known) return known;
    const decoding = decodeNamed(picture, { keepEncoded: true });
    this.pictures.set(key, decoding);
    decoding.catch(() => this.pictures.delete(key));
    for (const old of [...this.pictures.keys()].slice(0, -MOST)) this.pictures.delete(old);
    return decoding;
  }
}
