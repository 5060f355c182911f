import type { Image, Window } from '@syntrace/core';

/** The features of one window in float64, written down from the definition: the cosine sums themselves, tile by tile. */
export function plainFeatures(image: Image, window: Window): number[] {
  const planes = ycbcrOf(image, window);
  return [
    { tile: 8, stride: 4 },
    { tile: 16, stride: 8 },
  ].flatMap(({ tile, stride }) => {
    const statistics = planes.map(plane => tileStatistics(plane, window.width, tile, stride));
    return [...statistics.flatMap(({ mean }) => mean), ...statistics.flatMap(({ deviation }) => deviation)];
  });
}

/** JFIF, section 7: full range, chroma centred on 128. */
function ycbcrOf({ width, channels, data }: Image, window: Window): number[][] {
  const planes: number[][] = [[], [], []];
  for (let y = window.y; y < window.y + window.height; y++) {
    for (let x = window.x; x < window.x + window.width; x++) {
      const at = (y * width + x) * channels;
      const [r, g, b] = channels === 3 ? [data[at]!, data[at + 1]!, data[at + 2]!] : [data[at]!, data[at]!, data[at]!];
      planes[0]!.push(0.299 * r + 0.587 * g + 0.114 * b);
      planes[1]!.push(128 - 0.168_735_9 * r - 0.331_264_1 * g + 0.5 * b);
      planes[2]!.push(128 + 0.5 * r - 0.418_687_6 * g - 0.081_312_4 * b);
    }
  }
  return planes;
}

function tileStatistics(plane: readonly number[], width: number, tile: number, stride: number): { mean: number[]; deviation: number[] } {
  const height = plane.length / width;
  const basis = Array.from({ length: tile }, (_, f) =>
    Array.from({ length: tile }, (_, i) => Math.sqrt((f === 0 ? 1 : 2) / tile) * Math.cos((Math.PI * f * (2 * i + 1)) / (2 * tile))),
  );
  const logs: number[][] = [];
  for (let top = 0; top + tile <= height; top += stride) {
    for (let left = 0; left + tile <= width; left += stride) {
      const rows = Array.from({ length: tile }, (_, y) =>
        basis.map(cosines => cosines.reduce((sum, c, x) => sum + c * plane[(top + y) * width + left + x]!, 0)),
      );
      logs.push(basis.flatMap(cosines => rows[0]!.map((_, fx) => Math.log(Math.abs(cosines.reduce((sum, c, y) => sum + c * rows[y]![fx]!, 0)) + 0.3))));
    }
  }
  const mean = logs[0]!.map((_, i) => logs.reduce((sum, log) => sum + log[i]!, 0) / logs.length);
  const deviation = mean.map((m, i) => Math.sqrt(logs.reduce((sum, log) => sum + (log[i]! - m) ** 2, 0) / logs.length));
  return { mean, deviation };
}
