import type { ColourMap } from '@syntrace/core';
import { wasmKernels } from '@syntrace/kernels-wasm';
import { expect, it } from 'vitest';
import { colourScale, MAP_STOPS } from './colour-scale.js';

it.each(Object.keys(MAP_STOPS) as ColourMap[])('%s has the colours that the kernels draw', async map => {
  const kernels = await wasmKernels().open({});
  try {
    const steps = 9;
    const ramp = kernels.tensor(
      'f32',
      Float32Array.from({ length: steps }, (_, i) => i / (steps - 1)),
      [1, steps],
    );
    const drawn = await kernels.read(await kernels.heatMap(ramp, { map, low: 0, high: 1 }));
    const hex = Array.from({ length: steps }, (_, i) => `#${[...drawn.subarray(4 * i, 4 * i + 3)].map(value => value.toString(16).padStart(2, '0')).join('')}`);
    expect(hex).toEqual([...MAP_STOPS[map]]);
  } finally {
    await kernels.close();
  }
});

it('draws no colours where the map is not known', () => {
  const { markup } = colourScale({ low: '<weak>', high: 'strong' });
  expect(markup).toContain('&lt;weak&gt;');
  expect(markup).not.toContain('gradient');
});
