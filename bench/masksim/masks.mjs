// Draws masks (left) and references (right) of weights as PNG: means over the channels, zero frequency in the middle.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodePng } from '@syntrace/image-io';
import { createSyntrace } from 'syntrace';
import { artifactIn, entriesOf, windowsOf } from './artifacts.mjs';

/** Share of the values beyond either end of the colours. */
const CLIPPED = 0.003;

export async function masks(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      weights: { type: 'string', default: join(import.meta.dirname, '../../packages/detector-masksim/weights') },
      only: { type: 'string' },
      side: { type: 'string', default: '300' },
    },
  });
  const [out] = positionals;
  mkdirSync(out, { recursive: true });
  const artifact = artifactIn(values.weights);
  const entries = entriesOf(artifact);
  const syntrace = createSyntrace();
  const kernels = await syntrace.kernels();
  for (const { window, generators } of windowsOf(artifact))
    for (const { name } of generators) {
      if (values.only && !values.only.split(',').includes(`${window}-${name}`)) continue;
      const panels = [];
      for (const [word, map] of [
        ['masks', 'viridis'],
        ['references', 'coolwarm'],
      ])
        panels.push(await panelOf(entries.get(`${window}.${name}.${word}`), map, Number(values.side), kernels));
      writeFileSync(join(out, `${window}-${name}.png`), await encodePng(beside(panels)));
    }
  await syntrace.close();
}

async function panelOf({ shape, data }, map, side, kernels) {
  const [, , height, width] = shape;
  const plane = whole(data, height, width);
  const sorted = plane.toSorted();
  const [low, high] = [CLIPPED, 1 - CLIPPED].map(level => sorted[Math.round(level * (sorted.length - 1))]);
  const tensor = kernels.tensor('f32', plane, [height, height]);
  const rgba = await kernels.heatMap(tensor, { map, low, high });
  const pixels = await kernels.read(rgba);
  const rgb = kernels.tensor(
    'u8',
    Uint8Array.from({ length: 3 * height * height }, (_, i) => pixels[4 * Math.floor(i / 3) + (i % 3)]),
    [height, height, 3],
  );
  const small = await kernels.thumbnail(rgb, side);
  const [rows, columns] = small.shape;
  const panel = { width: columns, height: rows, data: await kernels.read(small) };
  kernels.free(tensor, rgba, rgb, small);
  return panel;
}

/** Pictures of one height in a row, with a white gap. */
function beside(panels) {
  const gap = 10;
  const [{ height }] = panels;
  const width = panels.reduce((sum, panel) => sum + panel.width, gap * (panels.length - 1));
  const data = new Uint8Array(3 * width * height).fill(255);
  let x = 0;
  for (const panel of panels) {
    for (let y = 0; y < height; y++) data.set(panel.data.subarray(3 * y * panel.width, 3 * (y + 1) * panel.width), 3 * (y * width + x));
    x += panel.width + gap;
  }
  return { width, height, channels: 3, data };
}

/** The mean of three channels, with the mirror image where a plane holds the frequencies with fx ≤ 0. */
function whole(data, height, width) {
  const middle = Math.floor(height / 2);
  return Float32Array.from({ length: height * height }, (_, i) => {
    const [y, x] = [Math.floor(i / height), i % height];
    const [row, column] = x < width ? [y, x] : [(2 * middle - y) % height, (2 * middle - x) % height];
    return [0, 1, 2].reduce((sum, c) => sum + data[(c * height + row) * width + column] / 3, 0);
  });
}
