import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { allJudged, demo, pick } from './support/acts.js';
import { describeSite } from './support/chromium.js';

const jpeg = readFileSync(demo('real-hopper.jpg'));
const png = readFileSync(demo('real-city.png'));

/** A PNG whose header promises more pixels than there can be. */
const huge = (() => {
  const file = Buffer.from(png);
  file.writeUInt32BE(1_000_000, 16);
  file.writeUInt32BE(1_000_000, 20);
  return file;
})();
const flipped = Buffer.from(png);
flipped[Math.floor(png.length / 2)]! ^= 0xff;

const FILES = [
  { name: 'empty.jpg', buffer: Buffer.alloc(0), code: 'IMAGE_EMPTY' },
  { name: 'text.jpg', buffer: Buffer.from('this is no picture'), code: 'IMAGE_FORMAT_UNKNOWN' },
  { name: 'cut.jpg', buffer: jpeg.subarray(0, 40_000), code: 'IMAGE_TRUNCATED' },
  { name: 'huge.png', buffer: huge, code: 'IMAGE_TOO_LARGE' },
  { name: 'flipped.png', buffer: flipped, code: 'IMAGE_CORRUPT' },
];

describeSite('broken files', ({ open }) => {
  it('are told in words beside those that are whole', async () => {
    const page = await open();
    const inputs = [...FILES, { name: 'whole.jpg', buffer: jpeg }].map(({ name, buffer }) => ({ name, buffer, mimeType: 'image/jpeg' }));
    await page.getByLabel('Choose pictures', { exact: true }).setInputFiles(inputs);
    await allJudged(page, /^1 picture judged, 5 could not be judged$/);
    for (const { name, code } of FILES) {
      await pick(page, name);
      const problem = page.locator('.detail > .problem');
      expect(await problem.locator('code').textContent(), name).toBe(code);
      expect((await problem.locator('p').last().textContent())!.length).toBeGreaterThan(10);
    }
    // What a cut file declares is read all the same.
    await pick(page, 'cut.jpg');
    await expect.poll(() => page.locator('.metadata').textContent()).toContain('Encodes');
    await pick(page, 'whole.jpg');
    expect(await page.locator('.says').textContent()).toBeTruthy();
  });

  it('too small to judge is said', async () => {
    const page = await open();
    const tiny = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
    await page.getByLabel('Choose pictures', { exact: true }).setInputFiles({ name: 'tiny.png', mimeType: 'image/png', buffer: tiny });
    await allJudged(page);
    expect(await page.locator('.says').textContent()).toBe('This cannot be told.');
    expect(await page.locator('[data-detector="frequency"]').textContent()).toMatch(/needs at least/);
  });
});
