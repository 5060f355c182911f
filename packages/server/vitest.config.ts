import { defineConfig } from 'vitest/config';

// The tests start real processes: the built server, PostgreSQL, an S3 server. Much of their time they wait, so that some files run at one time whatever the cores.
export default defineConfig({ test: { maxWorkers: 3, testTimeout: 60_000, hookTimeout: 60_000, include: ['src/**/*.test.ts', 'test/**/*.test.ts'] } });
