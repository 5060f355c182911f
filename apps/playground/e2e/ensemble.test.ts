import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnsemble } from '@syntrace/core';
import { expect, it } from 'vitest';
import { allJudged, choose, demo, numberIn, rowScore } from './support/acts.js';
import { describeSite } from './support/chromium.js';
import { detectByCommand } from './support/command.js';

const NAME = 'real-hopper.jpg';

describeSite('ensembles', ({ open }) => {
  it('are composed, exported, read by the command with the same answer, and imported again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'playground-'));
    try {
      const page = await open();
      await choose(page, 'Choose pictures', demo(NAME));
      await allJudged(page);
      await page.getByRole('link', { name: 'Ensemble' }).click();
      await page.getByLabel('Combine by').selectOption('stacker');
      await page.getByRole('spinbutton', { name: 'Bias' }).fill('0.25');
      for (const other of [/^provenance/, /^residuals/]) await page.getByRole('checkbox', { name: other }).uncheck();
      await page.getByLabel('Weight').first().fill('0.5');
      await page.getByLabel('Threshold').fill('-9');
      await page.getByRole('checkbox', { name: 'Calibrate the combined logit' }).check();
      await page.getByLabel('Slope').fill('0.8');
      await page.keyboard.press('Tab');
      const row = page.locator('.effect tbody tr').first();
      expect(await row.textContent()).toContain('Synthetic');

      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export JSON' }).click();
      const file = join(folder, 'ensemble.json');
      await (await downloading).saveAs(file);
      const spec = parseEnsemble(await readFile(file, 'utf8'));
      expect(spec).toMatchObject({
        members: [{ id: 'frequency', weight: 0.5 }],
        combine: { method: 'stacker', bias: 0.25 },
        threshold: -9,
        calibration: { slope: 0.8 },
      });
      const [answer] = await detectByCommand([demo(NAME), '--ensemble', file]);
      expect(answer!.verdict).toBe('synthetic');
      const own = await numberIn(row.locator('data'));
      expect(Math.abs(own - answer!.score!)).toBeLessThanOrEqual(1e-4);

      await page.getByRole('button', { name: 'Back to the default' }).click();
      expect(await page.getByText('The default is in use').isVisible()).toBe(true);
      await choose(page, 'Import JSON', file);
      await expect.poll(() => numberIn(row.locator('data'))).toBe(own);
      expect(await page.getByRole('spinbutton', { name: 'Bias' }).inputValue()).toBe('0.25');
      await page.getByRole('link', { name: 'Pictures' }).click();
      expect(await page.locator('.says').textContent()).toContain('generated');

      // It is remembered.
      await page.goto(`${page.url().split('#')[0]}#/ensemble`);
      await page.reload();
      await expect.poll(() => page.getByRole('spinbutton', { name: 'Bias' }).inputValue()).toBe('0.25');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('that are none are refused in words', async () => {
    const page = await open({ view: 'ensemble' });
    const refuse = async (buffer: Buffer) => {
      await page.getByLabel('Import JSON', { exact: true }).setInputFiles({ name: 'e.json', mimeType: 'application/json', buffer });
      await expect.poll(() => page.locator('.problem code').textContent()).toBe('ENSEMBLE_INVALID');
    };
    await refuse(Buffer.from('{'));
    await refuse(Buffer.from('{"format":2,"members":["frequency"]}'));
    expect(await page.getByText('The default is in use').isVisible()).toBe(true);
  });

  it('take NPR with the weights that it ships, and give the score of the command', async () => {
    const page = await open();
    await choose(page, 'Choose pictures', demo(NAME));
    await allJudged(page);
    await page.getByRole('link', { name: 'Ensemble' }).click();
    await page.getByRole('checkbox', { name: /^npr / }).check();
    await page.getByRole('link', { name: 'Pictures' }).click();
    await expect.poll(() => page.locator('[data-detector="npr"] data').count(), { timeout: 40_000 }).toBeGreaterThan(0);
    const [answer] = await detectByCommand([demo(NAME), '--detector', 'npr']);
    expect(Math.abs((await rowScore(page, 'npr')) - answer!.score!)).toBeLessThanOrEqual(1e-4);
  });

  it('take MaskSim, whose masks and peaks are a tab of the evidence', async () => {
    const page = await open();
    await choose(page, 'Choose pictures', demo(NAME));
    await allJudged(page);
    await page.getByRole('link', { name: 'Ensemble' }).click();
    await page.getByRole('checkbox', { name: /^masksim / }).check();
    await page.getByRole('link', { name: 'Pictures' }).click();
    await expect.poll(() => page.locator('[data-detector="masksim"] data').count(), { timeout: 50_000 }).toBeGreaterThan(0);
    const [answer] = await detectByCommand([demo(NAME), '--detector', 'masksim']);
    expect(Math.abs((await rowScore(page, 'masksim')) - answer!.score!)).toBeLessThanOrEqual(1e-3);
    await page.getByRole('tab', { name: 'Masks and peaks' }).click({ timeout: 50_000 });
    const shown = await page.locator('.map figcaption').allTextContents();
    expect(shown).toContain('Spectrum of the noise');
    expect(shown.some(title => title.startsWith('Against '))).toBe(true);
  });
});
