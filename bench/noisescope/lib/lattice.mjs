/** How far the lattice frequencies of a period stand out of their surroundings in each plane: one row a plane. */
export async function peaksOf({ height, width, maps }, period, kernels) {
  const rows = [];
  for (let first = 0; first < maps.length; first += 64) {
    const planes = stacked({ height, width, maps: maps.slice(first, first + 64) }, kernels);
    const found = await kernels.latticePeaks(planes, period);
    const [count, points] = found.shape;
    const values = await kernels.read(found);
    kernels.free(planes, found);
    for (let i = 0; i < count; i++) rows.push([...values.subarray(i * points, (i + 1) * points)]);
  }
  return rows;
}

/** Sum of the `top` largest (or of all) standard scores of a row, by the rows of photographs. */
export function scorer(known, top) {
  const mean = known[0].map((_, p) => known.reduce((sum, row) => sum + row[p], 0) / known.length);
  const deviation = mean.map((m, p) => Math.sqrt(known.reduce((sum, row) => sum + (row[p] - m) ** 2, 0) / known.length) || 1);
  return row => {
    const z = row.map((value, p) => (value - mean[p]) / deviation[p]).sort((a, b) => b - a);
    return (top === 'all' ? z : z.slice(0, top)).reduce((sum, value) => sum + value, 0);
  };
}

/** Planes as a tensor [n, h, w]. */
export function stacked({ height, width, maps }, kernels) {
  const stack = new Float32Array(maps.length * height * width);
  for (const [i, map] of maps.entries()) stack.set(map, i * height * width);
  return kernels.tensor('f32', stack, [maps.length, height, width]);
}
