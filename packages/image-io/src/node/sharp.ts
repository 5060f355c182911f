import { messageOf, SyntraceError } from '@syntrace/core';

export type Sharp = typeof import('sharp').default;

let opened: Promise<Sharp> | undefined;

/** sharp, loaded when the first picture needs it, so that importing this package has no effect. libvips keeps its settings for the whole
 *  process: one thread for each picture, since pictures are decoded side by side (as many as the caller starts, `--concurrency` in a run),
 *  and no cache, since nothing is decoded twice. @throws IMAGE_DECODER_UNAVAILABLE */
export function openSharp(uri: string): Promise<Sharp> {
  opened ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    return sharp;
  });
  return opened.catch(error => {
    opened = undefined;
    throw new SyntraceError('IMAGE_DECODER_UNAVAILABLE', { uri, detail: messageOf(error) }, error);
  });
}
