import type { Image } from '@syntrace/core';
import type { FileFacts } from '../inspect/facts.js';
import { notesOf } from './notes.js';

/** Decoded samples: 1 or 3 channels, interleaved. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
  readonly decoder: string;
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
