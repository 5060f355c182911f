import { decode } from '@syntrace/image-io';
import { describe, expect, it } from 'vitest';
import { readWatermark, signOfWatermark } from '../../src/watermark/find-watermark.js';
import table from '../fixtures/watermarks.json' with { type: 'json' };
import { openKernels } from '../kernels.js';
import { fixture } from '../platform/node.js';

const kernels = openKernels();

describe('pictures that the published package marked', () => {
  it.each(Object.entries(table))('%s: as many bits as its own decoder reads', async (name, { message, right, bits }) => {
    const image = await decode({ uri: name, data: await fixture(name) });
    const reading = await readWatermark(image, kernels());
    expect(reading).toMatchObject({ message: { id: message }, right });
    expect(reading?.message.bits).toHaveLength(bits);
    expect(signOfWatermark(reading)).toMatchObject({ id: message, declares: 'synthetic' });
  });

  it('and one that nobody marked', async () => {
    const image = await decode({ uri: 'x', data: await fixture('thumbnail-own.jpg') });
    expect(signOfWatermark(await readWatermark(image, kernels()))).toBeNull();
  });
});
