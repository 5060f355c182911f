import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { allJudged, choose, demo } from './support/acts.js';
import { audit } from './support/audit.js';
import { describeSite } from './support/chromium.js';

const VIEWS = ['Compare', 'Robustness', 'Ensemble', 'Pile', 'Settings', 'Benchmark', 'Pictures'] as const;

/** Nothing serious on any view, with pictures in it. */
async function auditAll(page: Page): Promise<void> {
  expect(await audit(page)).toEqual([]);
  await choose(page, 'Choose pictures', [demo('real-hopper.jpg'), demo('idealo-gans-x4-cat.jpg')]);
  await allJudged(page);
  for (const view of VIEWS) {
    await page.getByRole('link', { name: view, exact: true }).click();
    await page.waitForTimeout(300);
    expect(await audit(page), view).toEqual([]);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, 'the page scrolls sideways').toBeLessThanOrEqual(0);
}

describeSite('access', ({ open }) => {
  it('axe finds nothing serious in light colours', async () => auditAll(await open({ colorScheme: 'light' })));
  it('nor in dark colours on a phone', async () =>
    auditAll(await open({ colorScheme: 'dark', viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true })));

  it('a picture is judged and looked at by keyboard alone', async () => {
    const page = await open();
    const focusOn = async (words: RegExp) => {
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press('Tab');
        const name = await page.evaluate(() => {
          const active = document.activeElement as HTMLElement;
          return active.getAttribute('aria-label') ?? active.closest('label')?.textContent ?? active.textContent ?? '';
        });
        if (words.test(name)) return;
      }
      throw new Error(`${words} was not reached`);
    };
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement!.textContent)).toBe('Skip to the content');
    await focusOn(/^Choose pictures/);
    await focusOn(/^Cat Faust with a mug/);
    await page.keyboard.press('Enter');
    await allJudged(page);
    await expect.poll(() => page.getByRole('tab').count()).toBeGreaterThan(1);
    await focusOn(/^Frequencies/);
    await page.keyboard.press('ArrowRight');
    await focusOn(/^Picture\. Plus/);
    await page.keyboard.press('+');
    expect(await page.locator('.frame .content').first().getAttribute('style')).toContain('scale(1.5)');
  });
});
