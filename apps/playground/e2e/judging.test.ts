import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { createSyntrace } from 'syntrace';
import { expect, it } from 'vitest';
import { allJudged, choose, demo, dropFiles, numberIn, pick, rowScore } from './support/acts.js';
import { describeSite } from './support/chromium.js';
import { detectByCommand } from './support/command.js';

const FILES = ['real-hopper.jpg', 'idealo-gans-x4-cat.jpg', 'real-city.png', 'idealo-gans-x4-meadow.webp'];

describeSite('judging pictures', ({ open }) => {
  it('gives the scores of the command on JPEG, PNG and WebP', async () => {
    const rows = await detectByCommand(FILES.map(demo));
    const page = await open();
    await choose(page, 'Choose pictures', FILES.map(demo));
    await allJudged(page);
    for (const [i, name] of FILES.entries()) {
      await pick(page, name);
      const row = rows[i]!;
      for (const { id, score } of row.detectors) {
        if (score !== null) expect(Math.abs((await rowScore(page, id)) - score), `${id} on ${name}`).toBeLessThanOrEqual(1e-4);
        else expect(await page.locator(`[data-detector="${id}"]`).textContent()).toContain('abstained');
      }
      expect(Math.abs((await numberIn(page.locator('.answer data'))) - row.probability!)).toBeLessThanOrEqual(1e-4);
      const says = { synthetic: 'generated', real: 'photograph', inconclusive: 'cannot be told' }[row.verdict]!;
      expect(await page.locator('.says').textContent()).toContain(says);
    }
  });

  it('reads AVIF as Node does', async () => {
    const buffer = await sharp(demo('idealo-gans-x4-cat.jpg')).avif({ quality: 90 }).toBuffer();
    const syntrace = createSyntrace();
    const { score } = await syntrace.detect(buffer, { detectors: ['frequency'] });
    await syntrace.close();
    const page = await open();
    await page.getByLabel('Choose pictures', { exact: true }).setInputFiles({ name: 'cat.avif', mimeType: 'image/avif', buffer });
    await allJudged(page);
    expect(Math.abs((await rowScore(page, 'frequency')) - score!)).toBeLessThanOrEqual(1e-4);
  });

  it('takes pictures and folders that are dropped', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'playground-'));
    try {
      mkdirSync(join(folder, 'holiday', 'deep'), { recursive: true });
      cpSync(demo('real-cat.jpg'), join(folder, 'holiday', 'cat.jpg'));
      cpSync(demo('real-rocket.jpg'), join(folder, 'holiday', 'deep', 'rocket.jpg'));
      cpSync(demo('../manifest.json'), join(folder, 'holiday', 'notes.json'));
      const page = await open();
      await dropFiles(page, [demo('real-arches.jpg'), join(folder, 'holiday')]);
      await allJudged(page, /^3 pictures judged$/);
      expect(await page.locator('.pictures .name').allTextContents()).toEqual(['real-arches.jpg', 'holiday/cat.jpg', 'holiday/deep/rocket.jpg']);
      await choose(page, 'Add a folder', join(folder, 'holiday'));
      await allJudged(page, /^5 pictures judged$/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('takes a picture from the clipboard', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    const png = readFileSync(demo('real-city.png')).toString('base64');
    await page.evaluate(async data => {
      const blob = new Blob([Uint8Array.from(atob(data), character => character.charCodeAt(0))], { type: 'image/png' });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    }, png);
    await page.keyboard.press('Control+V');
    await allJudged(page, /^1 picture judged$/);
    expect(await page.locator('.says').textContent()).toBeTruthy();
  });

  it('tries the samples of the demo, and gives all of them back', async () => {
    const page = await open();
    await page.getByRole('button', { name: /^Cat Faust with a mug generated/ }).click();
    await allJudged(page, /^1 picture judged$/);
    expect(await page.locator('.share').textContent()).toMatch(/^A score this high on .* real photographs/);
    await page.getByRole('button', { name: 'Remove idealo-gans-x4-cat.jpg' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Camera or generative model?');
    await page.getByRole('button', { name: 'Take all' }).click();
    await allJudged(page, /^10 pictures judged$/);
    await page.getByRole('button', { name: 'Clear all' }).click();
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
  });

  it('says what is known of a file', async () => {
    const page = await open();
    const fixture = (name: string) => join(import.meta.dirname, '../../../packages/detector-provenance/test/fixtures', name);
    await choose(page, 'Choose pictures', [fixture('a1111.png'), fixture('canon.jpg'), fixture('signed.jpg')]);
    await allJudged(page);
    const metadata = page.locator('.metadata');
    await pick(page, 'a1111.png');
    await expect.poll(() => metadata.textContent()).toContain('The file declares that a generative model made the picture.');
    await pick(page, 'canon.jpg');
    await expect.poll(() => metadata.textContent()).toMatch(/JPEG of (about )?quality \d+/);
    await pick(page, 'signed.jpg');
    await expect.poll(() => metadata.textContent(), { timeout: 15_000 }).toContain('Content Credentials');
    expect(await metadata.textContent()).toContain('untrusted');
  });
});
