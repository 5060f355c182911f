export {
  definePlugin,
  type Detection,
  type DetectOptions,
  type EnsembleSpec,
  type Explanation,
  type Image,
  isFailure,
  type Judgement,
  type Outcome,
  parseEnsemble,
  type Plugin,
  type RunEvent,
  type Syntrace,
  SyntraceError,
  type Verdict,
} from '@syntrace/core';
export { encodePng, type ImageInput } from '@syntrace/image-io';
export type { CreateOptions } from './door.js';
