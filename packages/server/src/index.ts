export type { Database, Queries } from './database/database.js';
export { type DatabaseChoice, openDatabase } from './database/open.js';
export type { Engine, EngineDetector } from './judge/messages.js';
export { type ApiKey, addKey, listKeys, revokeKey, SCOPES, type Scope } from './keys/keys.js';
export { type DataOptions, DEFAULTS, type EngineOptions, type ServeOptions, type SourceOptions, type WorkerOptions } from './options.js';
export { type Exported, exportResults } from './results/export.js';
export { type RunningServer, startServer } from './start-server.js';
export { type Running, startWorker } from './start-worker.js';
