import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { allJudged, choose, demo, pick } from './support/acts.js';
import { runAxe } from './support/audit.js';
import { describeSite } from './support/chromium.js';
import { withLargePhotograph } from './support/large-photograph.js';

/** Pictures and figures for README.md, by `node scripts/docs-playground.mjs`; no test. */
const out = join(import.meta.dirname, '../docs');
const figures: Record<string, unknown> = {};
const RUNS = 5;

const shoot = (page: Page, name: string) => page.screenshot({ path: join(out, `${name}.png`) });
const drawn = (page: Page) => expect.poll(() => page.locator('.evidence').getAttribute('aria-busy'), { timeout: 30_000 }).toBe('false');
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

interface Vitals {
  readonly firstPaint: number;
  readonly largestPaint: number;
  readonly blocked: number;
  readonly shift: number;
}

/** As Lighthouse counts them: first and largest contentful paint, time blocked above 50 ms a task, layout shift. */
const vitalsOf = (page: Page): Promise<Vitals> =>
  page.evaluate(async () => {
    const entries = (type: string) =>
      new Promise<PerformanceEntry[]>(resolve => {
        new PerformanceObserver(list => resolve(list.getEntries())).observe({ type, buffered: true });
        setTimeout(() => resolve([]), 300);
      });
    const [paint, largest, tasks, shifts] = await Promise.all(['paint', 'largest-contentful-paint', 'longtask', 'layout-shift'].map(entries));
    return {
      firstPaint: paint!.find(({ name }) => name === 'first-contentful-paint')?.startTime ?? 0,
      largestPaint: largest!.at(-1)?.startTime ?? 0,
      blocked: tasks!.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0),
      shift: shifts!.reduce((sum, entry) => sum + (entry as PerformanceEntry & { readonly value: number }).value, 0),
    };
  });

describeSite('record', ({ open, outside }) => {
  it('screenshots', async () => {
    mkdirSync(out, { recursive: true });
    for (const [name, options] of [
      ['light', { colorScheme: 'light', viewport: { width: 1280, height: 900 } }],
      ['dark', { colorScheme: 'dark', viewport: { width: 1280, height: 900 } }],
      ['phone', { colorScheme: 'light', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }],
    ] as const) {
      const page = await open(options);
      await choose(
        page,
        'Choose pictures',
        ['real-hopper.jpg', 'idealo-gans-x4-cat.jpg', 'real-city.png', 'cyclegan-vintage-road.jpg', 'idealo-gans-x4-meadow.webp'].map(demo),
      );
      await allJudged(page);
      await pick(page, 'idealo-gans-x4-meadow.webp');
      await drawn(page);
      await page.evaluate(() => scrollTo(0, 0));
      await shoot(page, `picture-${name}`);
      if (name !== 'light') continue;
      await page.getByRole('link', { name: 'Compare', exact: true }).click();
      await page.getByRole('tab', { name: 'Frequencies' }).click();
      const right = page.locator('.panel .column').nth(1).locator('.map');
      await expect.poll(() => right.count(), { timeout: 30_000 }).toBeGreaterThan(2);
      await page.setViewportSize({ width: 1280, height: 1240 });
      await shoot(page, 'compare-light');
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.getByRole('link', { name: 'Robustness', exact: true }).click();
      await expect.poll(() => page.locator('.chart tbody tr').count(), { timeout: 30_000 }).toBe(13);
      await expect.poll(() => page.locator('.changed canvas').count()).toBe(1);
      await shoot(page, 'robustness-light');
    }
  }, 180_000);

  it('timings', async () => {
    const vitals: Vitals[] = [];
    for (let i = 0; i < RUNS; i++) {
      const page = await open();
      await expect.poll(() => page.workers().length).toBeGreaterThan(0);
      await page.waitForLoadState('networkidle');
      vitals.push(await vitalsOf(page));
    }
    const of = (name: keyof Vitals) => median(vitals.map(each => each[name]));
    figures.vitals = { firstPaint: of('firstPaint'), largestPaint: of('largestPaint'), blocked: of('blocked'), shift: of('shift') };
    const page = await open();
    const first: number[] = [];
    const all: number[] = [];
    await withLargePhotograph(async (path, bytes) => {
      figures.large = { bytes };
      for (let i = 0; i < RUNS; i++) {
        const start = performance.now();
        await choose(page, i === 0 ? 'Choose pictures' : 'Add pictures', path);
        await allJudged(page, new RegExp(`^${i + 1} pictures? judged$`));
        all.push(performance.now() - start);
        first.push(Number(await page.locator('[data-first-verdict]').getAttribute('data-first-verdict')));
        await drawn(page);
      }
    });
    figures.verdict = { first: median(first), slowestFirst: Math.max(...first), all: median(all) };
    figures.outside = outside().length;
  }, 180_000);

  it('audit', async () => {
    const found = { passes: 0, minor: 0, moderate: 0, serious: 0, critical: 0 };
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open({ colorScheme });
      await choose(page, 'Choose pictures', [demo('real-hopper.jpg'), demo('idealo-gans-x4-cat.jpg')]);
      await allJudged(page);
      for (const view of ['Pictures', 'Compare', 'Robustness', 'Ensemble', 'Pile', 'Settings', 'Benchmark']) {
        await page.getByRole('link', { name: view, exact: true }).click();
        await page.waitForTimeout(300);
        const { passes, violations } = await runAxe(page);
        found.passes += passes.length;
        for (const { impact } of violations) found[impact ?? 'minor'] += 1;
      }
    }
    figures.axe = found;
    writeFileSync(process.env.PLAYGROUND_RECORD!, JSON.stringify(figures));
  }, 180_000);
});
