import { type Artifact, sha256, writeSafetensors } from '@syntrace/core';
import { type Heads, wholeHeads } from '../src/model/heads.js';
import { MASKS_FILE } from '../src/model/model.js';

/** The hash of a place that the golden manifest gives, 0…1. */
function hashed(i: number, stream: number): number {
  let t = (i + Math.imul(stream, 0x9e3779b1)) >>> 0;
  t = Math.imul(t ^ (t >>> 16), 0x7feb352d);
  t = Math.imul(t ^ (t >>> 15), 0x846ca68b);
  return ((t ^ (t >>> 16)) >>> 0) / 2 ** 32;
}

/** The golden manifest's seeded head for planes of a side; with `masks` 2 the second mask too. */
export function seededHead(side: number, masks = 1): Heads {
  const size = 3 * side * side;
  const planes = (of: (mask: number, i: number) => number) => Float32Array.from({ length: masks * size }, (_, k) => of(Math.floor(k / size), k % size));
  return {
    height: side,
    width: side,
    count: masks,
    logits: true,
    masks: planes((m, i) => 12 * hashed(i, 2 * m + 2) - 6),
    references: planes((m, i) => {
      const [u, v] = [(Math.floor(i / side) % side) - side / 2, (i % side) - side / 2];
      return 2 * hashed(i, 2 * m + 1) - 1 + 3 * (1 - (4 * (u * u + v * v)) / side ** 2);
    }),
    mixing: Float64Array.from([0.9, 0.2, -0.1, 0.1, 0.8, 0.15, -0.2, 0.05, 1.1]),
    norm: Float64Array.from([1.2, 0.8, 1.5, 0.05, -0.1, 0.2, -3.0, -3.2, -2.5, 4.0, 3.0, 5.0]),
    scale: Float64Array.from([2.5, -1.25]),
    negatives: new Float64Array(),
  };
}

/** An artifact of one generator with these heads, on the denoiser of another. */
export async function artifactWith(heads: Heads, window: number, denoised: Artifact): Promise<Artifact> {
  const { card, files } = denoised;
  const [denoiser] = [...files.keys()].filter(name => name.endsWith('.onnx'));
  const masks = writeSafetensors(new Map(wholeHeads(`${window}.seeded`, heads)));
  const windows = [
    {
      window,
      meaning: { threshold: 0, abstention: null, calibration: null, realScoreQuantiles: [] },
      generators: [{ name: 'seeded', frontEnd: denoiser, real: null }],
    },
  ];
  return {
    card: { ...card, preprocessing: { ...card.preprocessing, windows }, files: { ...card.files, [MASKS_FILE]: await sha256(masks) } },
    files: new Map([...files, [MASKS_FILE, masks]]),
  };
}
