// The JavaScript and WASM FFT libraries as two-dimensional real transforms: rows, then columns of the half spectrum. None of them brings
// two dimensions or a DCT of its own. Each gives a function from a plane to its half spectrum [n, n/2 + 1, 2].

/** fft.js: the most used one, radix 4 in plain JavaScript. */
export async function fftJs(n) {
  const { default: FFT } = await import('fft.js');
  const fft = new FFT(n);
  const bins = n / 2 + 1;
  const half = new Float64Array(n * bins * 2);
  const [line, column, result] = [new Float64Array(2 * n), new Float64Array(2 * n), new Float64Array(2 * n)];
  return plane => {
    for (let y = 0; y < n; y++) {
      fft.realTransform(line, plane.subarray(y * n, (y + 1) * n));
      half.set(line.subarray(0, 2 * bins), y * bins * 2);
    }
    for (let k = 0; k < bins; k++) {
      for (let y = 0; y < n; y++) [column[2 * y], column[2 * y + 1]] = [half[(y * bins + k) * 2], half[(y * bins + k) * 2 + 1]];
      fft.transform(result, column);
      for (let y = 0; y < n; y++) [half[(y * bins + k) * 2], half[(y * bins + k) * 2 + 1]] = [result[2 * y], result[2 * y + 1]];
    }
    return half;
  };
}

/** fourier-transform: split radix for real lines, radix 2 for complex ones. */
export async function fourierTransform(n) {
  const { fft, cfft } = await import('fourier-transform');
  const bins = n / 2 + 1;
  // Transposed, so that the columns lie in a row for the second pass.
  const planes = [new Float64Array(n * bins), new Float64Array(n * bins)];
  const line = [new Float64Array(bins), new Float64Array(bins)];
  const half = new Float64Array(n * bins * 2);
  return plane => {
    for (let y = 0; y < n; y++) {
      fft(plane.subarray(y * n, (y + 1) * n), line);
      for (let k = 0; k < bins; k++) [planes[0][k * n + y], planes[1][k * n + y]] = [line[0][k], line[1][k]];
    }
    for (let k = 0; k < bins; k++) {
      const [re, im] = planes.map(values => values.subarray(k * n, (k + 1) * n));
      cfft(re, im);
      for (let y = 0; y < n; y++) [half[(y * bins + k) * 2], half[(y * bins + k) * 2 + 1]] = [re[y], im[y]];
    }
    return half;
  };
}

/** PFFFT compiled to WASM with SIMD: the fastest FFT on npm that we know of. Its memory is written in place, without copies a line. */
export async function pffft(n) {
  const { default: open } = await import('@echogarden/pffft-wasm/simd');
  const m = await open();
  const [FORWARD, REAL, COMPLEX] = [0, 0, 1];
  const bins = n / 2 + 1;
  const [real, complex] = [m._pffft_new_setup(n, REAL), m._pffft_new_setup(n, COMPLEX)];
  const floats = count => m._pffft_aligned_malloc(count * 4);
  const [input, line, columns, work] = [floats(n * n), floats(n), floats(bins * n * 2), floats(2 * n)];
  const result = floats(2 * n);
  const half = new Float32Array(n * bins * 2);
  return plane => {
    const heap = m.HEAPF32;
    const [at, l, c, r] = [input, line, columns, result].map(address => address / 4);
    heap.set(plane, at);
    for (let y = 0; y < n; y++) {
      m._pffft_transform_ordered(real, input + y * n * 4, line, work, FORWARD);
      // The two real ends share the first pair.
      for (let k = 1; k < bins - 1; k++) {
        heap[c + (k * n + y) * 2] = heap[l + 2 * k];
        heap[c + (k * n + y) * 2 + 1] = heap[l + 2 * k + 1];
      }
      heap[c + y * 2] = heap[l];
      heap[c + y * 2 + 1] = 0;
      heap[c + ((bins - 1) * n + y) * 2] = heap[l + 1];
      heap[c + ((bins - 1) * n + y) * 2 + 1] = 0;
    }
    for (let k = 0; k < bins; k++) {
      m._pffft_transform_ordered(complex, columns + k * n * 8, result, work, FORWARD);
      for (let y = 0; y < n; y++) {
        half[(y * bins + k) * 2] = heap[r + 2 * y];
        half[(y * bins + k) * 2 + 1] = heap[r + 2 * y + 1];
      }
    }
    return half;
  };
}
