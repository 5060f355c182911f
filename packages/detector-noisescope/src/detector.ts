import {
  type CollectionFinding,
  type Detector,
  type DetectorContext,
  type Image,
  loadArtifact,
  type OpenCollectionDetector,
  type Run,
  type Warning,
} from '@syntrace/core';
import type { Prepared } from './calibrate/prepare.js';
import { PREPARED_ID, preparedOf } from './calibrate/prepared-artifact.js';
import type { NoiseScopeEvidence } from './evidence.js';
import { type FindOptions, type Found, findGenerators } from './find.js';
import { collectResiduals } from './residuals/collect.js';
import { LEAST_SIDE } from './residuals/residuals.js';
import type { ResidualStore } from './residuals/store.js';
import { bySize } from './result/cluster-ids.js';
import { drawFindings } from './result/draw.js';
import { resultFiles } from './result/files.js';
import { scoresOf } from './result/scores.js';
import { CLUSTER_DEFAULTS, type ClusterSettings } from './settings.js';

export interface NoiseScopeOptions {
  /** What `prepare` made of reference photographs, or the folder that holds it. Without: pictures are clustered and not judged. */
  readonly prepared?: Prepared | URL;
  readonly settings?: Partial<ClusterSettings>;
  /** Keeps residuals between runs. */
  readonly store?: ResidualStore;
  /** Bytes of residuals that stay in memory where there is a store (default: 1 GiB); the others are fetched from it. */
  readonly memory?: number;
  /** Gets each round's PCE table, for those who keep it. */
  readonly onTable?: FindOptions['onTable'];
}

/** Judges a collection at once: clusters noise residuals, finds the clusters that photographs would not make, and the pictures that carry their fingerprints
 *  (Pu et al., ACSAC 2020). */
export function noiseScopeDetector({ prepared, settings, ...options }: NoiseScopeOptions = {}): Detector<NoiseScopeEvidence> {
  const load = async ({ loadAsset }: Pick<DetectorContext, 'loadAsset'>): Promise<Prepared | null> =>
    prepared instanceof URL ? preparedOf(await loadArtifact(prepared, loadAsset)) : (prepared ?? null);
  return {
    id: PREPARED_ID,
    description: 'Clusters the noise residuals of a collection: finds pictures that share the fingerprint of a generator',
    unit: 'collection',
    requires: { minimumSize: { width: LEAST_SIDE, height: LEAST_SIDE } },
    open: async context => open(await load(context), { ...CLUSTER_DEFAULTS, ...settings }, options, context),
    ...(prepared instanceof URL && { card: async (context: Pick<DetectorContext, 'loadAsset'>) => (await loadArtifact(prepared, context.loadAsset)).card }),
  };
}

function open(
  prepared: Prepared | null,
  settings: ClusterSettings,
  { store, memory, onTable }: Pick<NoiseScopeOptions, 'store' | 'memory' | 'onTable'>,
  { kernels }: DetectorContext,
): OpenCollectionDetector<NoiseScopeEvidence> {
  const detectCollection = async (images: AsyncIterable<Image> | Iterable<Image>, run: Run) => {
    const { signal } = run;
    const progress = run.progress?.bind(run) ?? (() => {});
    let done = 0;
    const onPicture = () => progress({ phase: 'residuals', done: ++done, total: done });
    const size = prepared?.reference;
    const { residuals, places, names, thumbnails } = await collectResiduals(images, kernels, {
      ...(size && { size }),
      store,
      memory,
      onPicture,
      thumbnails: THUMBNAILS,
    });
    const found = await findGenerators(residuals, prepared, settings, kernels, { signal, progress, ...(onTable && { onTable }) });
    const scores = scoresOf(found, places);
    const explanations = await drawFindings(found, kernels, thumbnails);
    return { scores, finding: findingOf(found, places, names, explanations) };
  };
  return { detectCollection, detect: async (batch, run) => (await detectCollection(batch, run)).scores, close: async () => {} };
}

/** Pictures of which small copies are kept for the sheets of members: some 12 kB each. */
const THUMBNAILS = 2000;

function findingOf(
  found: Found,
  places: readonly (number | Warning)[],
  names: readonly string[],
  explanations: CollectionFinding['explanations'],
): CollectionFinding {
  const pictureOf = places.flatMap((place, picture) => (typeof place === 'number' ? [picture] : []));
  const verdicts = new Map(found.classified.map(({ cluster, synthetic }) => [cluster, synthetic ? ('synthetic' as const) : ('real' as const)]));
  const clusters = bySize(found.clustering.clusters).map((cluster, i) => ({
    id: `cluster-${i + 1}`,
    images: cluster.map(member => pictureOf[member]!),
    verdict: verdicts.get(cluster) ?? ('inconclusive' as const),
  }));
  return { clusters, explanations, warnings: found.warnings, files: resultFiles(found, names) };
}
