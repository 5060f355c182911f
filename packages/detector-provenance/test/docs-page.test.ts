import { expect, it } from 'vitest';

it('docs/provenance.md has every sign', async () => {
  const address = '../scripts/docs-signs.mjs';
  const { filledPage, presentPage } = (await import(/* @vite-ignore */ address)) as { filledPage(): string; presentPage(): string };
  expect(presentPage()).toBe(filledPage());
});
