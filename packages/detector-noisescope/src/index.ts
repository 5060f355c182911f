import { definePlugin, PLUGIN_CONTRACT, type Plugin } from '@syntrace/core';
import manifest from '../package.json' with { type: 'json' };
import { noiseScopeDetector } from './detector.js';

export { fitOutliers, type Prepared, prepare } from './calibrate/prepare.js';
export { preparedArtifact, preparedOf } from './calibrate/prepared-artifact.js';
export type { Block, BlockStore } from './cluster/blocks.js';
export { type Classified, classifyClusters } from './cluster/classify.js';
export type { Pair, PceTable } from './cluster/pce-table.js';
export { type Cluster, type Clustering, mergeRounds, type Round } from './cluster/rounds.js';
export type { Decisions } from './decide/decisions.js';
export { type NoiseScopeOptions, noiseScopeDetector } from './detector.js';
export type { NoiseScopeEvidence } from './evidence.js';
export { type FindOptions, type Found, findGenerators } from './find.js';
export { fingerprintLibrary } from './match/fingerprint-library.js';
export { type Library, libraryBytes, readLibrary } from './match/library.js';
export { fingerprintDetector, MATCH_ID, type MatchEvidence } from './match/match-detector.js';
export type { PairFinder } from './numerics/pair-finder.js';
export type { Periodic } from './periodic/find-periodic.js';
export { type Collected, collectResiduals } from './residuals/collect.js';
export { readNpy, writeNpy } from './residuals/npy.js';
export { readResidual } from './residuals/read-residual.js';
export { type HeldResiduals, joinedResiduals, type Residuals, residualsBy, residualsOf, subset } from './residuals/residuals.js';
export { type ResidualStore, residualKey } from './residuals/store.js';
export type { Thumbnail } from './residuals/thumbnails.js';
export { drawFindings, drawFingerprint, drawPicture, drawPublished } from './result/draw.js';
export { drawMembers } from './result/draw-members.js';
export { drawResidual } from './result/draw-residual.js';
export { FINGERPRINTS_FILE, resultFiles } from './result/files.js';
export { scoresOf } from './result/scores.js';
export { CLUSTER_DEFAULTS, type ClusterSettings, PREPARE_DEFAULTS, type PrepareSettings, PUBLISHED_MERGE_THRESHOLDS } from './settings.js';

/** The plugin: the collection detector `noisescope`, without a reference; `noiseScopeDetector({ prepared })` makes one that judges. */
export const noiseScope: Plugin = definePlugin({
  name: manifest.name,
  version: manifest.version,
  contract: PLUGIN_CONTRACT,
  detectors: [noiseScopeDetector()],
});
export default noiseScope;
