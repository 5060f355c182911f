import type { Explanation, Kernels } from '@syntrace/core';
import {
  CLUSTER_DEFAULTS,
  drawFingerprint,
  type Found,
  findGenerators,
  fingerprintLibrary,
  PREPARE_DEFAULTS,
  prepare,
  type Residuals,
  resultFiles,
  scoresOf,
  subset,
} from '@syntrace/detector-noisescope';
import { encodeThumbnail } from '@syntrace/image-io';
import type { PileCluster, PileJob, PilePicture, PileProgress, PileResult } from '../../engine/protocol.js';
import type { Session } from '../session.js';
import { type Gathered, gather } from './gather.js';

/** Clusters that are drawn; the others are listed. */
const DRAWN = 24;

/** NoiseScope on a pile: clusters by noise residual, with a fingerprint for each; verdicts where photographs are given as a reference.
 *  @throws RESIDUAL_INVALID, REFERENCE_TOO_SMALL, USAGE */
export async function cluster(job: PileJob, session: Session, report: (progress: PileProgress) => void): Promise<PileResult> {
  const start = performance.now();
  const kernels = await session.syntrace.kernels();
  const common = { window: job.window, report };
  const reference =
    job.reference.length > 0 ? await gather(job.reference, session, { ...common, size: null, thumbnails: 0, phase: 'residuals of the reference' }) : null;
  const prepared = reference && (await prepare(reference.residuals, PREPARE_DEFAULTS, kernels, report));
  const pile = await gather(job.pictures, session, { ...common, size: prepared?.reference ?? null, thumbnails: job.pictures.length, phase: 'residuals' });
  const minimumCluster = job.minimumCluster;
  const settings = {
    ...CLUSTER_DEFAULTS,
    minimumCluster,
    sample: Math.min(CLUSTER_DEFAULTS.sample as number, minimumCluster + 1),
    ...(job.mergeThreshold !== null && { mergeThreshold: job.mergeThreshold }),
  };
  const found = await findGenerators(pile.residuals, prepared, settings, kernels, { signal: new AbortController().signal, progress: report });
  return {
    pictures: await picturesOf(found, pile),
    clusters: await clustersOf(found, pile.residuals, kernels),
    alone: found.clustering.clusters.flatMap(members => (members.length === 1 ? members : [])),
    left: [...(reference?.left ?? []), ...pile.left],
    warnings: found.warnings,
    files: resultFiles(found, pile.names),
    judged: found.judged,
    seconds: (performance.now() - start) / 1000,
  };
}

async function picturesOf(found: Found, { names, thumbnails }: Gathered): Promise<readonly PilePicture[]> {
  const scores = scoresOf(
    found,
    names.map((_, i) => i),
  );
  return Promise.all(
    names.map(async (name, i) => ({
      name,
      verdict: found.verdicts[i]!,
      thumbnail: thumbnails[i] ? await encodeThumbnail(thumbnails[i]) : null,
      said: scores[i]!.statements ?? [],
    })),
  );
}

/** Clusters of two and more, the largest first. */
async function clustersOf(found: Found, residuals: Residuals, kernels: Kernels): Promise<readonly PileCluster[]> {
  const several = found.clustering.clusters.filter(({ length }) => length > 1).toSorted((a, b) => b.length - a.length);
  const clusters: PileCluster[] = [];
  for (const [i, members] of several.entries()) {
    const classified = found.classified.find(each => each.cluster === members);
    const verdict = classified ? (classified.synthetic ? 'synthetic' : 'real') : 'inconclusive';
    const evidence = i < DRAWN ? await fingerprintOf(members, `cluster-${i + 1}`, residuals, kernels) : [];
    clusters.push({ id: `cluster-${i + 1}`, verdict, members, evidence });
  }
  return clusters;
}

async function fingerprintOf(members: readonly number[], id: string, residuals: Residuals, kernels: Kernels): Promise<readonly Explanation[]> {
  const { fingerprints } = await fingerprintLibrary(subset(residuals, members), { percentile: PREPARE_DEFAULTS.percentile }, kernels);
  return drawFingerprint(fingerprints.maps[0]!, residuals.height, residuals.width, `${id}.fingerprint`, kernels);
}
