// Times what is queued on the card: many calls, then one small download that waits for all of them. The median of several rounds.
import { cases } from './operations.mjs';

const LEAST_MS = 30;
const ROUNDS = 5;

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function timeOf(kernels, wait, { x, run }) {
  const round = async calls => {
    const start = performance.now();
    for (let i = 0; i < calls; i++) kernels.free(...[await run(kernels, ...x)].flat());
    await wait();
    return performance.now() - start;
  };
  await round(2);
  const calls = Math.max(1, Math.ceil(LEAST_MS / Math.max(0.05, await round(1))));
  const times = [];
  for (let i = 0; i < ROUNDS; i++) times.push((await round(calls)) / calls);
  return median(times);
}

/** Rows of the roofline: achieved rates and their shares of the ceilings. A case that fails says why; the others go on. */
export async function benchmark(kernels, ceilings, { scale, only = '', say = () => {} }) {
  const mark = kernels.tensor('f32', Float32Array.of(1), [1]);
  const wait = async () => {
    const out = await kernels.logAbs(mark, 0);
    await kernels.read(out);
    kernels.free(out);
  };
  const rows = [];
  for (const { name, kind, open } of cases(scale)) {
    if (!name.includes(only)) continue;
    let opened;
    try {
      opened = open(kernels);
      await wait();
      const ms = await timeOf(kernels, wait, opened);
      const { bytes, flops } = opened;
      const bandwidth = bytes / ms / 1e6;
      const rate = flops / ms / 1e6;
      rows.push({
        name,
        kind,
        ms,
        bytes,
        flops,
        gbs: bandwidth,
        ofCopy: (bandwidth * 1e9) / ceilings.copy,
        gflops: rate,
        ofPeak: (rate * 1e9) / ceilings.fused,
      });
      say(rows.at(-1));
    } catch (error) {
      rows.push({ name, kind, error: String(error?.message ?? error) });
      say(rows.at(-1));
    } finally {
      kernels.free(...(opened?.x ?? []));
    }
  }
  kernels.free(mark);
  return rows;
}

/** Bytes a second of one large upload and one large download, pinned buffers and copies to and from JavaScript's memory included. */
export async function transfers(kernels, bytes = 256 * 2 ** 20) {
  const data = new Uint8Array(bytes).fill(7);
  const times = { up: [], down: [] };
  for (let i = 0; i < 3; i++) {
    let start = performance.now();
    const x = kernels.tensor('u8', data, [bytes]);
    times.up.push(performance.now() - start);
    start = performance.now();
    await kernels.read(x);
    times.down.push(performance.now() - start);
    kernels.free(x);
  }
  return { bytes, upload: (bytes / Math.min(...times.up)) * 1e3, download: (bytes / Math.min(...times.down)) * 1e3 };
}
