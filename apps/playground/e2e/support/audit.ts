import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function runAxe(page: Page): Promise<AxeResults> {
  // Not as a script of the page, whose policy would refuse it.
  await page.evaluate(axe);
  return page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
}

/** Serious and critical findings, each with where it is. */
export async function audit(page: Page): Promise<readonly string[]> {
  const { violations } = await runAxe(page);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help} ${html.slice(0, 160)} ${failureSummary ?? ''}`));
}
