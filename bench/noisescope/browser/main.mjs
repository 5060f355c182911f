// In the page: synthetic pictures as PNG files, through the SDK's front door by WASM, as an app would.
import { collectResiduals, noiseScopeDetector, PREPARE_DEFAULTS, prepare } from '@syntrace/detector-noisescope';
import { encodePng } from '@syntrace/image-io';
import { createSyntrace } from 'syntrace';
import { openTiles } from '../lib/tiles.mjs';

const SIDE = 256;
const REFERENCE = 240;

async function rgbaOf({ width, height, data }) {
  const rgba = new Uint8Array(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++) rgba.set(data.subarray(3 * i, 3 * i + 3), 4 * i);
  return encodePng({ width, height, data: rgba });
}

globalThis.judge = async () => {
  const pictures = Number(new URLSearchParams(location.search).get('pictures') ?? 300);
  const syntrace = createSyntrace();
  const kernels = await syntrace.kernels();
  const tiles = await openTiles(kernels, SIDE);
  const generatorOf = number => (number % 4 === 0 ? 1 : 0);
  const files = [];
  for (let number = 0; number < pictures; number++) files.push({ uri: `tile-${number}`, data: await rgbaOf(await tiles.tile(number, generatorOf(number))) });
  const seconds = {};
  const timed = async (name, work) => {
    const start = performance.now();
    const result = await work();
    seconds[name] = (performance.now() - start) / 1000;
    return result;
  };
  const prepared = await timed(`prepare ${REFERENCE}`, async () => {
    const stream = (async function* () {
      for (let number = 0; number < REFERENCE; number++) yield await tiles.tile(1e6 + number);
    })();
    return prepare((await collectResiduals(stream, kernels, {})).residuals, PREPARE_DEFAULTS, kernels);
  });
  syntrace.use({ name: 'mine', version: '1.0.0', contract: 1, detectors: [noiseScopeDetector({ prepared })] }, { replace: true });
  const phases = new Set();
  const { scores, finding } = await timed(`detectCollection ${pictures}`, () =>
    syntrace.detectCollection(files, 'noisescope', { onEvent: event => event.phase && phases.add(event.phase) }),
  );
  const count = (generated, synthetic) =>
    scores.filter(({ index, score }) => generatorOf(index) > 0 === generated && (score.verdict === 'synthetic') === synthetic).length;
  const { backend } = kernels;
  await syntrace.close();
  return {
    backend,
    pictures,
    seconds,
    phases: [...phases],
    found: count(true, true),
    missed: count(true, false),
    wrong: count(false, true),
    fingerprints: finding.explanations.length,
    heapMiB: performance.memory ? Math.round(performance.memory.usedJSHeapSize / 2 ** 20) : null,
  };
};
document.title = 'ready';
