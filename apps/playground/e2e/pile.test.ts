import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePng } from '@syntrace/image-io';
import { expect, it } from 'vitest';
import { framePattern, many } from '../../../packages/detector-noisescope/test/pictures.js';
import { ndjson, syntrace } from '../../../scripts/lib/cli/syntrace.mjs';
import { allJudged, rowScore } from './support/acts.js';
import { describeSite } from './support/chromium.js';

interface File {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

async function files(groups: Record<string, ReturnType<typeof many>>): Promise<readonly File[]> {
  const named = Object.entries(groups).flatMap(([group, images]) => images.map((image, i) => ({ name: `${group}-${String(i).padStart(3, '0')}.png`, image })));
  return Promise.all(named.map(async ({ name, image }) => ({ name, mimeType: 'image/png', buffer: Buffer.from(await encodePng(image)) })));
}

/** What the command finds in the same files, with the page's settings. */
async function byCommand(
  pile: readonly File[],
  photographs: readonly File[],
  minimum: number,
): Promise<{ verdicts: Map<string, string>; fingerprints: string; remove: () => void }> {
  const root = mkdtempSync(join(tmpdir(), 'syntrace-pile-'));
  const folder = async (name: string, list: readonly File[]) => {
    await mkdir(join(root, name));
    for (const file of list) writeFileSync(join(root, name, file.name), file.buffer);
    return join(root, name);
  };
  const [reference, pictures, prepared, out] = [await folder('photographs', photographs), await folder('pile', pile), join(root, 'prep'), join(root, 'out')];
  const made = await syntrace(['noisescope', 'prepare', '--reference', reference, '--out', prepared]);
  expect(made.code, made.stderr).toBe(0);
  const settings = ['--minimum-cluster', String(minimum), '--sample', String(minimum + 1)];
  const { code, stdout, stderr } = await syntrace(['noisescope', 'cluster', pictures, '--prepared', prepared, '--out', out, '--ndjson', ...settings]);
  expect(code, stderr).toBe(0);
  const lines = ndjson(stdout) as readonly { path: string; verdict: string }[];
  return {
    verdicts: new Map(lines.map(({ path, verdict }) => [path.split('/').at(-1)!, verdict])),
    fingerprints: join(out, 'fingerprints.safetensors'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Two sources with a pattern of their own, and pictures that have none. */
const pile = () => files({ a: many(1000, 9, framePattern(1, 6)), b: many(2000, 7, framePattern(2, 6)), none: many(3000, 6) });

describeSite('a pile', ({ open }) => {
  it('is divided by the fingerprints of its sources', async () => {
    const page = await open({ view: 'pile' });
    const chosen = [...(await pile()), { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') }];
    await page.getByLabel('Choose pictures', { exact: true }).setInputFiles(chosen);
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
    const chosen = await pile();
    await page.getByLabel('Choose pictures', { exact: true }).setInputFiles(chosen);
    await page.getByLabel('Choose references', { exact: true }).setInputFiles(chosen.slice(0, 3));
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

  it('judges with photographs to compare with, as the command does, and looks for what it found in single pictures', async () => {
    const [chosen, photographs] = [
      await files({ fake: many(1000, 20, framePattern(1, 6)), other: many(3000, 20) }),
      await files({ photograph: many(5000, 110) }),
    ];
    const expected = await byCommand(chosen, photographs, 12);
    try {
      const page = await open({ view: 'pile' });
      await page.getByLabel('Choose pictures', { exact: true }).setInputFiles([...chosen]);
      await page.getByLabel('Choose references', { exact: true }).setInputFiles([...photographs]);
      await page.getByRole('combobox', { name: 'Compare' }).selectOption('whole');
      await page.getByLabel('Smallest cluster to judge').fill('12');
      await page.getByRole('button', { name: 'Find groups' }).click();
      await expect.poll(() => page.locator('.cluster').count(), { timeout: 50_000 }).toBeGreaterThan(0);
      const verdicts = await page
        .locator('.findings .thumbnails li')
        .evaluateAll(list => list.map(item => [item.getAttribute('title')!.split('\n')[0]!, item.className] as const));
      expect(new Map(verdicts)).toEqual(expected.verdicts);
      expect(verdicts.filter(([name, verdict]) => name.startsWith('fake') && verdict === 'synthetic').length).toBeGreaterThanOrEqual(18);

      await page.getByRole('button', { name: 'Look for these fingerprints in single pictures' }).click();
      await expect.poll(() => page.getByText('Fingerprints are loaded: single pictures are compared with them.').count()).toBe(1);
      await page.getByRole('link', { name: 'Pictures' }).click();
      const single = (await files({ new: many(7000, 1, framePattern(1, 6)) }))[0]!;
      await page.getByLabel('Choose pictures', { exact: true }).setInputFiles(single);
      await allJudged(page);
      const folder = mkdtempSync(join(tmpdir(), 'syntrace-single-'));
      writeFileSync(join(folder, single.name), single.buffer);
      const { stdout } = await syntrace(['noisescope', 'match', expected.fingerprints, folder, '--ndjson']);
      rmSync(folder, { recursive: true });
      const [line] = ndjson(stdout) as readonly { score: number; verdict: string }[];
      expect(line!.verdict).toBe('synthetic');
      expect(Math.abs((await rowScore(page, 'noisescope-match')) - line!.score)).toBeLessThanOrEqual(1e-3 * Math.abs(line!.score));
    } finally {
      expected.remove();
    }
  });
});
