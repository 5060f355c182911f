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
export type { Inspector, InspectorOptions } from './inspect/inspect-file.js';
export type { Inspection } from './inspect/inspection.js';
export { type Section, sectionsOf } from './inspect/inspection-lines.js';
