import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';

export const demo = (name: string): string => join(import.meta.dirname, '../../../../examples/demo/pictures', name);

/** Chooses files with the button of that name. */
export const choose = (page: Page, label: string, files: string | readonly string[]): Promise<void> =>
  page.getByLabel(label, { exact: true }).setInputFiles(files as string | string[]);

/** Waits until nothing is judged any more. */
export async function allJudged(page: Page, words: RegExp = /^\d+ pictures? judged/): Promise<void> {
  await expect.poll(() => page.locator('.tally').textContent(), { timeout: 50_000 }).toMatch(words);
}

/** The number behind what is shown. */
export const numberIn = async (place: Locator): Promise<number> => Number(await place.getAttribute('value'));

/** What a detector's row says of the picture that is looked at. */
export const rowScore = (page: Page, detector: string): Promise<number> => numberIn(page.locator(`[data-detector="${detector}"] data`).first());

export const pick = (page: Page, name: string): Promise<void> => page.getByRole('button', { name: new RegExp(`^${name.replaceAll('.', '\\.')}`) }).click();

/** Lets go of files over the page, as the system does when they are dragged in. */
export async function dropFiles(page: Page, files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  await session.detach();
}
