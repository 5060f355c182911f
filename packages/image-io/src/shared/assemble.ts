import type { Image } from '@syntrace/core';
import type { FileFacts } from '../inspect/facts.js';
import { notesOf } from './notes.js';
import { type Picture, packChannels } from './picture.js';

/** Decoded samples: 1 or 3 channels, interleaved. */
export interface Samples extends Picture {
  readonly channels: 1 | 3;
  readonly decoder: string;
}

/** What a decoder gave, without alpha, of grey one channel. @throws Error when it is not the picture that the header announced */
export function samplesOf(picture: Picture, { width, height, stored }: FileFacts, decoder: string): Samples {
  if (picture.width !== width || picture.height !== height) throw new Error(`its header says ${width}×${height}, it holds ${picture.width}×${picture.height}`);
  const channels = stored.colour === 'grey' ? 1 : 3;
  return { width, height, channels, data: packChannels(picture, channels), decoder };
}

export function assemble(samples: Samples, facts: FileFacts, file: { readonly uri: string; readonly bytes: Uint8Array }, keepEncoded: boolean): Image {
  const { width, height, channels, data, decoder } = samples;
  const { format, jpeg, stored, orientation, icc } = facts;
  return {
    width,
    height,
    channels,
    data,
    source: { uri: file.uri, format, bytes: file.bytes.length, decoder, jpeg, stored, orientation, icc, encoded: keepEncoded ? file.bytes : null },
    warnings: notesOf(facts),
  };
}
