// For programs that run Syntrace as the command does: with its config file, plugins by name, weights by folder, and its rows.
export type { LoadAsset, ModelCard } from '@syntrace/core';
export { fingerprint } from './cli/fingerprint.js';
export { openSession, type Session, type SessionOptions } from './cli/open-session.js';
export { type DetectRow, type FailedRow, isFailedRow, type Row, rowOf } from './rows.js';
