export {
  type Detection,
  type DetectOptions,
  definePlugin,
  type EnsembleSpec,
  type Explanation,
  type Image,
  isFailure,
  type Judgement,
  type Outcome,
  type Plugin,
  parseEnsemble,
  type RunEvent,
  type Syntrace,
  SyntraceError,
  type Verdict,
} from '@syntrace/core';
export { encodePng, type ImageInput } from '@syntrace/image-io';
export type { CreateOptions } from './door.js';
export { drawAdded } from './draw-added.js';
export { importPlugin } from './import-plugin.js';
export type { Input } from './input.js';
export type { Pictures } from './inspect/examine-pixels.js';
export type { Illustrated, Inspector, InspectorOptions } from './inspect/inspect-file.js';
export type { Inspection, PixelFacts } from './inspect/inspection.js';
export { type Section, sectionsOf } from './inspect/inspection-lines.js';
export { useArtifact } from './weights.js';
