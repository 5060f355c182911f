import { messageOf } from '@syntrace/core';

/** A codec's chunk or module did not load, which says nothing about the picture. */
export class DecoderUnavailable extends Error {
  constructor(cause: unknown) {
    super(messageOf(cause), { cause });
  }
}
