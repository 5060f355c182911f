import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededState, writeSafetensors } from '@syntrace/core';
import { NPR_NETWORK, nprDetector } from '@syntrace/detector-npr';
import { createModels, importCheckpoint } from '@syntrace/model-runtime';
import { createSyntrace, useArtifact } from 'syntrace';
import { expect, it } from 'vitest';
import { allJudged, choose, demo, rowScore } from './support/acts.js';
import { describeSite } from './support/chromium.js';
import { serveModule } from './support/site.js';

/** The plugin that the guide for authors shows. */
function examplePlugin(): string {
  const guide = readFileSync(join(import.meta.dirname, '../../../docs/writing-a-detector.md'), 'utf8');
  return /```js\n(\/\/ my-detector\.mjs[\s\S]*?)```/.exec(guide)![1]!;
}

describeSite('what the user adds', ({ open, outside }) => {
  it('a plugin by its address, after a warning, and not before', async () => {
    const module = await serveModule(examplePlugin());
    try {
      const page = await open();
      await choose(page, 'Choose pictures', demo('real-hopper.jpg'));
      await allJudged(page);
      await page.getByRole('link', { name: 'Settings' }).click();
      const ask = async () => {
        await page.getByLabel('Address of a plugin').fill(module.address);
        await page.getByRole('button', { name: 'Load the plugin' }).first().click();
      };
      await ask();
      const dialog = page.getByRole('dialog');
      expect(await dialog.textContent()).toContain(module.address);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      expect(module.asked).toEqual([]);
      await ask();
      expect(await dialog.getByRole('button', { name: 'Load the plugin' }).isDisabled()).toBe(true);
      await dialog.getByRole('checkbox').check();
      await dialog.getByRole('button', { name: 'Load the plugin' }).click();
      await expect.poll(() => page.getByText(/is loaded: brightness/).count()).toBe(1);
      expect(new Set(module.asked)).toEqual(new Set(['/plugin.js']));
      await page.getByRole('link', { name: 'Pictures' }).click();
      await allJudged(page);
      const plugin = (await import(`data:text/javascript,${encodeURIComponent(examplePlugin())}`)) as {
        default: Parameters<ReturnType<typeof createSyntrace>['use']>[0];
      };
      const syntrace = createSyntrace({ plugins: [plugin.default] });
      const { score } = await syntrace.detect(demo('real-hopper.jpg'), { detectors: ['brightness'] });
      await syntrace.close();
      expect(Math.abs((await rowScore(page, 'brightness')) - score!)).toBeLessThanOrEqual(1e-3);
      expect(outside()).toEqual([]);
    } finally {
      await module.close();
    }
  });

  it('refuses what is no plugin, and goes on', async () => {
    const page = await open({ view: 'settings' });
    const load = async (name: string, source: string) => {
      await page.getByLabel('Choose a plugin file', { exact: true }).setInputFiles({ name, mimeType: 'text/javascript', buffer: Buffer.from(source) });
      await page.getByRole('dialog').getByRole('checkbox').check();
      await page.getByRole('dialog').getByRole('button', { name: 'Load the plugin' }).click();
      return expect.poll(() =>
        page
          .locator('.problem code')
          .textContent()
          .catch(() => ''),
      );
    };
    await (await load('other.js', 'export default { name: "x", version: "1.0.0", contract: 2, detectors: [] }')).toBe('PLUGIN_CONTRACT');
    await (await load('broken.js', 'export default {')).toBe('PLUGIN_LOAD');
    await page.getByRole('link', { name: 'Pictures' }).click();
    await page.getByRole('button', { name: /^Cat Faust with a mug photograph/ }).click();
    await allJudged(page);
  });

  it('published NPR weights, with the score that Node gives', async () => {
    const bytes = writeSafetensors(seededState(NPR_NETWORK, 100));
    const page = await open();
    await choose(page, 'Choose pictures', demo('real-rocket.jpg'));
    await allJudged(page);
    await page.getByRole('link', { name: 'Settings' }).click();
    const file = { name: 'seeded.safetensors', mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
    await page.getByLabel('Import a checkpoint for npr', { exact: true }).setInputFiles(file);
    await expect.poll(() => page.getByText('seeded.safetensors is imported: npr judges now.').count(), { timeout: 40_000 }).toBe(1);
    await page.getByRole('link', { name: 'Pictures' }).click();
    await expect.poll(() => page.locator('[data-detector="npr"] data').count(), { timeout: 40_000 }).toBeGreaterThan(0);

    const syntrace = createSyntrace();
    const models = createModels()({ threads: 2, provider: 'auto' });
    useArtifact(syntrace, (await importCheckpoint(bytes, 'seeded.safetensors', nprDetector().importable!, models)).artifact, 'seeded');
    const { score } = await syntrace.detect(demo('real-rocket.jpg'), { detectors: ['npr'] });
    await Promise.all([syntrace.close(), models.close()]);
    expect(Math.abs((await rowScore(page, 'npr')) - score!)).toBeLessThanOrEqual(1e-4);
    await page.getByRole('tab', { name: 'Neighbouring pixels' }).click({ timeout: 40_000 });
    expect(await page.locator('.map figcaption').allTextContents()).toContain('Score of each tile');

    // They stay on the device until they are taken back.
    await page.reload();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Remove seeded.safetensors' }).click({ timeout: 40_000 });
    await expect
      .poll(() => page.locator('.detector-list li', { hasText: /^npr / }).textContent())
      .toContain('Judges only when it is chosen; other weights can be imported under Settings.');
  });
});
