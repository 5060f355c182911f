import { defineConfig } from 'vitest/config';

const record = process.env.PLAYGROUND_RECORD !== undefined;

// Each file has a Chromium of its own, in which the built site is used as a person would use it; one file after the other, as two cores are enough for one.
export default defineConfig({
  test: {
    include: record ? ['e2e/record.ts'] : ['e2e/**/*.test.ts', 'src/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
  },
});
