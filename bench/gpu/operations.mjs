// What the benchmark of the card runs: every operation that has kernels of the card, on batches that are many times its caches. `bytes` are
// the fewest that must move: inputs once, results once. `flops` only where arithmetic can be the limit.
const MEBI = 2 ** 20;
const size = shape => shape.reduce((a, b) => a * b, 1);

/** Numbers that no kernel can shortcut, as bytes and as floats 0…256; made once, since they are many. */
function noise(count) {
  const bytes = new Uint8Array(count);
  const floats = new Float32Array(count);
  for (let i = 0, state = 1; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
    floats[i] = state / 16777216;
  }
  return { bytes, floats };
}

/** Operations of a real transform of n × n by the usual count: 2.5 n² log2 n². */
const transformFlops = (planes, n) => planes * 2.5 * n * n * 2 * Math.log2(n);

/** The cases: name, kind (`elementwise`, `transform`, `other`), and `open`, which makes the inputs and gives bytes, flops and a call. */
export function cases(scale = 1) {
  const samples = Math.round(256 * MEBI * scale);
  let made;
  const data = () => {
    made ??= noise(samples + 8 * MEBI);
    return made;
  };
  const list = [];
  const add = (name, kind, open) => list.push({ name, kind, open });

  const floats = shape => k => k.tensor('f32', data().floats.subarray(0, size(shape)), shape);
  const planes = n => [Math.max(1, Math.floor(samples / (n * n))), n, n];
  const batch = [Math.max(1, Math.floor(samples / (3 * MEBI))), 1024, 1024, 3];
  const rgb = k => k.tensor('u8', data().bytes.subarray(0, size(batch)), batch);

  const one = (name, kind, make, bytesOf, run, flops = 0) => add(name, kind, k => ({ x: [make(k)], bytes: bytesOf, flops, run }));
  const photo = size(batch);
  one('colour rgb', 'elementwise', rgb, photo * 5, (k, x) => k.colour(x, 'rgb'));
  one('colour ycbcr', 'elementwise', rgb, photo * 5, (k, x) => k.colour(x, 'ycbcr'));
  one('colour pillow-l', 'elementwise', rgb, photo + (photo / 3) * 4, (k, x) => k.colour(x, 'pillow-l'));
  one('nprResidual', 'elementwise', rgb, photo * 5, (k, x) => k.nprResidual(x, { scale: true }));
  one('crop of bytes', 'elementwise', rgb, 2 * batch[0] * 1008 * 1008 * 3, (k, x) => k.crop(x, [{ x: 8, y: 8, width: 1008, height: 1008 }]));
  one('padReflect', 'elementwise', rgb, batch[0] * 3 * (1024 ** 2 + 1100 ** 2), (k, x) => k.padReflect(x, { width: 1100, height: 1100 }));
  const flat = planes(1024);
  one('crop of planes', 'elementwise', floats([flat[0], 1, 1024, 1024]), 8 * flat[0] * 1008 * 1008, (k, x) =>
    k.crop(x, [{ x: 8, y: 8, width: 1008, height: 1008 }]),
  );
  one('logAbs', 'elementwise', floats(flat), size(flat) * 8, (k, x) => k.logAbs(x, 1e-12));
  one('logSpectrum', 'elementwise', floats([flat[0], 1024, 512, 2]), size(flat) * 6, (k, x) => k.logSpectrum(x, 1e-12));
  one('heatMap', 'elementwise', floats([flat[0] * 1024, 1024]), size(flat) * 8, (k, x) => k.heatMap(x, { map: 'viridis', low: 0, high: 255 }));
  one('concat', 'elementwise', floats([flat[0], MEBI]), size(flat) * 16, (k, x) => k.concat([x, x]));
  add('standardize', 'elementwise', k => ({
    x: [floats([flat[0], MEBI])(k), floats([MEBI])(k), k.tensor('f32', new Float32Array(MEBI).fill(3), [MEBI])],
    bytes: size(flat) * 8,
    flops: 0,
    run: (kernels, x, mean, deviation) => kernels.standardize(x, mean, deviation),
  }));

  for (const n of [128, 224, 256, 512, 1024, 1009]) {
    const shape = planes(n);
    one(`dct2 ${n}`, 'transform', floats(shape), size(shape) * 8, (k, x) => k.dct2(x), transformFlops(shape[0], n));
  }
  for (const n of [128, 256, 512, 1024]) {
    const shape = planes(n);
    const half = shape[0] * n * (n / 2 + 1) * 2;
    one(`rfft2 ${n}`, 'transform', floats(shape), (size(shape) + half) * 4, (k, x) => k.rfft2(x), transformFlops(shape[0], n));
    one(`irfft2 ${n}`, 'transform', floats([shape[0], n, n / 2 + 1, 2]), (size(shape) + half) * 4, (k, x) => k.irfft2(x, n), transformFlops(shape[0], n));
  }

  for (const [tile, stride] of [
    [8, 8],
    [16, 16],
    [32, 32],
    [64, 64],
    [64, 32],
  ]) {
    const tiles = flat[0] * (Math.floor((1024 - tile) / stride) + 1) ** 2;
    one(
      `tileLogDct ${tile}/${stride}`,
      'other',
      floats(flat),
      size(flat) * 4,
      async (k, x) => Object.values(await k.tileLogDct(x, { tile, stride, eps: 1e-6 })),
      tiles * 4 * tile ** 3,
    );
  }
  one('laplacianVariance', 'other', floats(flat), size(flat) * 4, (k, x) => k.laplacianVariance(x));
  one('radialMean', 'other', floats(flat), size(flat) * 4, (k, x) => k.radialMean(x, { origin: 'corner', bins: 1024 }));
  add('linear', 'other', k => ({
    x: [floats([flat[0], MEBI])(k), floats([2, MEBI])(k), floats([2])(k)],
    bytes: size(flat) * 4 + 8 * MEBI,
    flops: size(flat) * 4,
    run: (kernels, x, weights, bias) => kernels.linear(x, weights, bias),
  }));
  return list;
}
