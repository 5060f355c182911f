import { defineConfig } from 'vitest/config';

// The tests start real processes: the built server, PostgreSQL, an S3 server.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000, include: ['src/**/*.test.ts', 'test/**/*.test.ts'] } });
