import { definePlugin, PLUGIN_CONTRACT, type Plugin } from '@syntrace/core';
import manifest from '../package.json' with { type: 'json' };
import { provenanceDetector } from './detector.js';

export type { Credential } from './c2pa/credential.js';
export type { Fetch } from './c2pa/reader.js';
export type { CredentialStatus } from './c2pa/status.js';
export { parseTrustList, type TrustList } from './c2pa/trust-list.js';
export type { Camera, EmbeddedThumbnail, MakerNoteCheck } from './camera/camera.js';
export type { TableWriters } from './camera/tables.js';
export { type ProvenanceEvidence, provenanceDetector, scoreOfProvenance } from './detector.js';
export type { Field, FileKind } from './file/parts.js';
export type { Finding, FindingCode } from './finding.js';
export { type EarlierEncode, findEarlierEncode, lastLumaTable } from './jpeg-history/earlier-encode.js';
export { LIMITS } from './limits.js';
export { type Drawable, drawPixels } from './pixels/draw-pixels.js';
export { type PixelReading, type PixelTools, readPixels } from './pixels/read-pixels.js';
export { withPixels } from './pixels/with-pixels.js';
export { type Provenance, type ProvenanceOptions, type ProvenanceReader, provenanceReader, readProvenance } from './provenance.js';
export { SIGN_RULES, type SignRule } from './signs/rules.js';
export type { Declaration, Details, Sign, Verified } from './signs/sign.js';
export { compareThumbnail, type ThumbnailComparison, type ThumbnailMatch } from './thumbnail/compare.js';
export { readWatermark, signOfWatermark, type WatermarkReading } from './watermark/find-watermark.js';
export { MESSAGES, type Message } from './watermark/messages.js';

/** The plugin: one detector, `provenance`. */
export const provenance: Plugin = definePlugin({
  name: manifest.name,
  version: manifest.version,
  contract: PLUGIN_CONTRACT,
  detectors: [provenanceDetector()],
});
export default provenance;
