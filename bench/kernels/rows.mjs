/** The columns of peers: what Python users have, and JavaScript libraries. */
const PYTHON = ['scipy', 'python', 'pywavelets', 'numpy'];
const JAVASCRIPT = ['fft.js', 'fourier-transform', 'pffft'];

const ratio = (a, b) => (a && b ? a / b : undefined);
const least = times => (times.some(Boolean) ? Math.min(...times.filter(Boolean)) : undefined);

/**
 * A row for each kernel and thread count: times in milliseconds, and ratios of speeds (above 1 the first is faster). WASM and the JavaScript libraries
 * have one thread whatever the row says.
 */
export function rowsOf(best, threads) {
  const [first] = threads;
  return threads.flatMap(count => {
    const { native = {}, wasm = best[first].wasm ?? {}, copy = {}, scipy = {} } = best[count];
    const of = (column, kernel, at = count) => best[at][column]?.[kernel]?.ms;
    const ceiling = Object.values(copy).filter(({ bytes }) => bytes);
    const product = scipy['float32 products of matrices'];
    return Object.entries({ ...wasm, ...native }).map(([kernel, cost]) => {
      const nativeMs = of('native', kernel);
      const wasmMs = wasm[kernel]?.ms;
      const peer = least(PYTHON.map(column => of(column, kernel)));
      const library = least(JAVASCRIPT.map(column => of(column, kernel, first)));
      return {
        kernel,
        threads: count,
        native: nativeMs,
        wasm: wasmMs,
        peer,
        perPair: of('transform-per-pair', kernel),
        library,
        nativeAgainstPeer: ratio(peer, nativeMs),
        nativeAgainstPerPair: ratio(of('transform-per-pair', kernel), nativeMs),
        wasmAgainstNative: ratio(of('native', kernel, first), wasmMs),
        wasmAgainstLibrary: ratio(library, wasmMs),
        nativeAgainstOneThread: count > 1 && threads.includes(1) ? ratio(of('native', kernel, 1), nativeMs) : undefined,
        ...roofline(cost, nativeMs, ceiling, product),
      };
    });
  });
}

/** Bytes and operations a second, and their shares of what a memory copy of that size and a product of matrices reach on as many threads. */
function roofline({ bytes, flops }, ms, copies, product) {
  const rate = (amount, time) => amount / time / 1e6;
  const copy = copies.toSorted((a, b) => Math.abs(Math.log(a.bytes / bytes)) - Math.abs(Math.log(b.bytes / bytes)))[0];
  return {
    gigabytes: bytes && ms ? rate(bytes, ms) : undefined,
    ofCopy: bytes && ms && copy ? rate(bytes, ms) / rate(copy.bytes, copy.ms) : undefined,
    gigaflops: flops && ms ? rate(flops, ms) : undefined,
    ofProduct: flops && ms && product ? rate(flops, ms) / rate(product.flops, product.ms) : undefined,
  };
}
