import { encodePng } from '@syntrace/image-io';
import { expect, it } from 'vitest';
import { framePattern, many } from '../../../packages/detector-noisescope/test/pictures.js';
import { describeSite } from './support/chromium.js';

/** Two sources with a pattern of their own, and pictures that have none. */
async function pile() {
  const groups = { a: many(1000, 9, framePattern(1, 6)), b: many(2000, 7, framePattern(2, 6)), none: many(3000, 6) };
  const files = Object.entries(groups).flatMap(([group, images]) => images.map((image, i) => ({ name: `${group}-${i}.png`, image })));
  return Promise.all(files.map(async ({ name, image }) => ({ name, mimeType: 'image/png', buffer: Buffer.from(await encodePng(image)) })));
}

describeSite('a pile', ({ open }) => {
  it('is divided by the fingerprints of its sources', async () => {
    const page = await open({ view: 'pile' });
    const files = [...(await pile()), { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') }];
    await page.getByLabel('Choose pictures', { exact: true }).setInputFiles(files);
    expect(await page.getByText('23 pictures chosen').count()).toBe(1);
    await page.getByRole('combobox', { name: 'Compare' }).selectOption('whole');
    await page.getByRole('button', { name: 'Find groups' }).click();
    await expect.poll(() => page.getByText('2 groups found.').count(), { timeout: 40_000 }).toBe(1);
    const groups = await page
      .locator('.cluster')
      .evaluateAll(list => list.map(each => [...each.querySelectorAll('.thumbnails li')].map(item => item.getAttribute('title')!.split('\n')[0]!)));
    expect(groups.map(group => group.length)).toEqual([9, 7]);
    expect(groups[0]!.every(name => name.startsWith('a-')) && groups[1]!.every(name => name.startsWith('b-'))).toBe(true);
    expect(await page.locator('.cluster').first().locator('canvas').count()).toBeGreaterThanOrEqual(2);
    expect(await page.getByText('1 file left out').count()).toBe(1);
    expect(await page.locator('.notes').textContent()).toContain('NOISESCOPE_NO_REFERENCE');
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'clusters.csv' }).click();
    expect((await downloading).suggestedFilename()).toBe('clusters.csv');
  });

  it('stops when it is told to, and says what it lacks', async () => {
    const page = await open({ view: 'pile' });
    const files = await pile();
    await page.getByLabel('Choose pictures', { exact: true }).setInputFiles(files);
    await page.getByLabel('Choose references', { exact: true }).setInputFiles(files.slice(0, 3));
    await page.getByRole('combobox', { name: 'Compare' }).selectOption('whole');
    await page.getByRole('button', { name: 'Find groups' }).click();
    await expect.poll(() => page.locator('.problem code').textContent(), { timeout: 30_000 }).toBe('REFERENCE_TOO_SMALL');
    await page.getByRole('button', { name: 'Find groups' }).click();
    await page
      .getByRole('button', { name: 'Stop' })
      .click({ timeout: 5000 })
      .catch(() => {});
    await expect.poll(() => page.getByRole('button', { name: 'Find groups' }).isEnabled()).toBe(true);
  });
});
