import { expect, it } from 'vitest';
import { allJudged, choose, demo, rowScore } from './support/acts.js';
import { describeSite } from './support/chromium.js';

describeSite('the platform', ({ open, site, outside }) => {
  it('says what computes and why, honours a choice, and times its kernels', async () => {
    const page = await open({ view: 'settings' });
    await expect.poll(() => page.getByText(/Kernels run on “wasm”/).count()).toBe(1);
    expect(await page.getByText('The page is isolated').count()).toBe(1);
    const reasons = await page.locator('section[aria-labelledby="backends"] tbody').textContent();
    expect(reasons).toMatch(/Kernels wasm\s*in use\s*WebAssembly SIMD/);
    expect(reasons).toMatch(/Models webgpu/);
    await page.getByRole('combobox', { name: 'Kernels' }).selectOption('wasm');
    await page.getByRole('combobox', { name: 'Models' }).selectOption('wasm');
    await expect.poll(() => page.locator('section[aria-labelledby="backends"] tbody').textContent()).toMatch(/Models wasm\s*in use/);
    await expect.poll(() => page.getByRole('combobox', { name: 'Models' }).isEnabled()).toBe(true);
    await page.getByRole('link', { name: 'Benchmark' }).click();
    await page.getByRole('combobox', { name: 'Side' }).selectOption('128');
    await page.getByRole('button', { name: 'Run the benchmark' }).click();
    await expect.poll(() => page.locator('.numbers tbody tr').count(), { timeout: 30_000 }).toBeGreaterThan(3);
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Run the benchmark' }).count(), { timeout: 10_000 }).toBe(1);
    expect(await page.locator('.numbers tbody').textContent()).toContain('colour');
  });

  it('works without a network once it was loaded, and asks nobody else', async () => {
    const page = await open();
    await expect.poll(() => page.getByText(/^Works without a network/).count(), { timeout: 20_000 }).toBe(1);
    await choose(page, 'Choose pictures', demo('real-rocket.jpg'));
    await allJudged(page);
    const score = await rowScore(page, 'frequency');
    await site().close();
    await page.reload();
    await page.getByRole('button', { name: /^Falcon 9/ }).click();
    await allJudged(page);
    expect(await rowScore(page, 'frequency')).toBe(score);
    for (const name of ['real-city.png', 'idealo-gans-x4-meadow.webp']) await choose(page, 'Add pictures', demo(name));
    await allJudged(page, /^3 pictures judged$/);
    expect(outside()).toEqual([]);
  });
});

describeSite(
  'a host without COOP and COEP',
  ({ open }) => {
    it('is enough', async () => {
      const page = await open();
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
      await choose(page, 'Choose pictures', demo('real-rocket.jpg'));
      await allJudged(page);
      await page.getByRole('link', { name: 'Settings' }).click();
      await expect.poll(() => page.getByText('The page is not isolated (').count()).toBe(1);
    });
  },
  { isolated: false, path: '/' },
);
