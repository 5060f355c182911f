export {
  type Batch,
  type ClientOptions,
  type DetectorInfo,
  type Judgement,
  type JudgeOptions,
  type NewBatch,
  type Result,
  ServerError,
  SyntraceClient,
} from './client.js';
export type { paths } from './schema.js';
