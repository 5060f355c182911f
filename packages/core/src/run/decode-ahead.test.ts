import { describe, expect, it } from 'vitest';
import { type FakeSource, fakeHost, pause } from '../../test/fakes.js';
import { names } from '../../test/session.js';
import { DecodeAhead, type DecodeLimits } from './decode-ahead.js';

/** Every fake picture has 64 samples. */
function ahead(limits: Partial<DecodeLimits>, count = 20) {
  const host = fakeHost();
  const all = { window: 100, parallel: 100, bytes: Number.POSITIVE_INFINITY, keepEncoded: false, ...limits };
  return { host, decoder: new DecodeAhead<FakeSource>(names(count), host, all, new AbortController().signal, () => {}) };
}

async function drain(decoder: DecodeAhead<FakeSource>, most = 3): Promise<number[]> {
  const indices: number[] = [];
  for (let batch = await decoder.next(most); batch.length > 0; batch = await decoder.next(most)) indices.push(...batch.map(item => item.index));
  return indices;
}

describe('DecodeAhead', () => {
  it('decodes one by one when a single picture takes all the memory allowed, and still comes to the end', async () => {
    const { host, decoder } = ahead({ bytes: 1, parallel: 1 });
    await decoder.next(1);
    await pause(5);
    expect(host.decoded).toHaveLength(1);
    expect(await drain(decoder)).toHaveLength(19);
  });

  it('stops ahead of the consumer at the bytes allowed, those on loan included', async () => {
    const { host, decoder } = ahead({ bytes: 4 * 64, parallel: 1 });
    await decoder.next(1);
    await pause(5);
    expect(host.decoded).toHaveLength(4);
    await decoder.next(1);
    await pause(5);
    expect(host.decoded).toHaveLength(5);
  });

  it('counts the pictures on loan into the window', async () => {
    const { host, decoder } = ahead({ window: 6 });
    await pause();
    await decoder.next(1);
    await pause(5);
    expect(host.decoded).toHaveLength(6);
    expect(await decoder.next(4)).toHaveLength(4);
    await pause(5);
    expect(host.decoded).toHaveLength(7);
  });

  it.each([{ window: 1 }, { window: 0 }, { parallel: 0 }, { bytes: 0 }])('comes to the end in order however tight the limits: %j', async limits => {
    expect(await drain(ahead(limits).decoder)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });
});
