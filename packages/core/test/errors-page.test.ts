import { expect, it } from 'vitest';
import { ERRORS } from '../src/errors.js';

interface DocsScript {
  renderErrors(errors: typeof ERRORS): string;
  presentPage(): string;
}

const script = new URL('../../../scripts/docs-errors.mjs', import.meta.url).href;

it('docs/errors.md says what the table of errors says (node scripts/docs-errors.mjs writes it)', async () => {
  const { renderErrors, presentPage } = (await import(/* @vite-ignore */ script)) as DocsScript;
  const page = renderErrors(ERRORS);
  expect(presentPage()).toBe(page);
  for (const code of Object.keys(ERRORS)) expect(page).toContain(`\n### ${code}\n`);
});
