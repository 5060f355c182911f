import { npyFolders } from '@syntrace/kernels-conformance/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({ plugins: [npyFolders], test: { testTimeout: 30_000, include: ['src/**/*.test.ts', 'test/**/*.test.ts'] } });
