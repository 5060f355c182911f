import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { allJudged, choose, demo } from './support/acts.js';
import { describeSite } from './support/chromium.js';

const tabs = (page: Page) => page.getByRole('tablist', { name: 'Evidence' });
const transforms = (page: Page) => page.locator('.frame .content').evaluateAll(list => list.map(each => (each as HTMLElement).style.transform));
const allDrawn = (page: Page) => expect.poll(() => page.locator('.evidence').getAttribute('aria-busy'), { timeout: 20_000 }).toBe('false');

describeSite('evidence', ({ open }) => {
  it('shows what each detector saw, in tabs that the keyboard reaches', async () => {
    const page = await open();
    await choose(page, 'Choose pictures', demo('idealo-gans-x4-cat.jpg'));
    await allJudged(page);
    await allDrawn(page);
    const names = await tabs(page).getByRole('tab').allTextContents();
    expect(names).toEqual(expect.arrayContaining(['Frequencies', 'Neighbouring pixels', 'Noise']));
    const shown = await page.locator('.map figcaption').allTextContents();
    expect(shown).toEqual(expect.arrayContaining(['Picture', 'Spectrum', 'Against real photographs', 'What pushed the score']));
    // Each with a sentence of what it means.
    expect(await page.locator('.panel .about').count()).toBe(shown.length);
    await tabs(page).getByRole('tab', { selected: true }).focus();
    for (const name of [...names.slice(1), names[0]!]) {
      await page.keyboard.press('ArrowRight');
      expect(await tabs(page).getByRole('tab', { selected: true }).textContent()).toBe(name);
      expect(await page.locator('.panel .map').count()).toBeGreaterThan(1);
    }
  });

  it('draws something in every frame', async () => {
    const page = await open();
    await choose(page, 'Choose pictures', demo('idealo-gans-x4-cat.jpg'));
    await allJudged(page);
    await allDrawn(page);
    for (const tab of await tabs(page).getByRole('tab').all()) {
      await tab.click();
      const colours = await page.locator('.panel canvas.drawing').evaluateAll(list =>
        list.map(canvas => {
          const { width, height } = canvas as HTMLCanvasElement;
          const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
          return new Set(new Uint32Array(data.buffer)).size;
        }),
      );
      expect(Math.min(...colours), `${await tab.textContent()}: ${colours}`).toBeGreaterThan(8);
    }
  });

  it('enlarges and moves all frames together: by keys, wheel, mouse and buttons', async () => {
    const page = await open();
    await choose(page, 'Choose pictures', demo('real-hopper.jpg'));
    await allJudged(page);
    await allDrawn(page);
    const [first] = await page.locator('.frame').all();
    await first!.focus();
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await page.keyboard.press('ArrowRight');
    const moved = await transforms(page);
    expect(moved.length).toBeGreaterThan(3);
    expect(new Set(moved).size).toBe(1);
    expect(moved[0]).toContain('scale(2.25)');
    const box = (await first!.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 20, box.y + box.height / 2 + 10, { steps: 3 });
    await page.mouse.up();
    const dragged = await transforms(page);
    expect(new Set(dragged).size).toBe(1);
    expect(dragged[0]).not.toBe(moved[0]);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -200);
    await page.keyboard.up('Control');
    await expect.poll(async () => (await transforms(page))[0]).not.toBe(dragged[0]);
    await page.getByRole('button', { name: 'Whole' }).click();
    expect(new Set(await transforms(page))).toEqual(new Set(['translate(0%, 0%) scale(1)']));
  });

  it('compares two pictures side by side', async () => {
    const page = await open({ view: 'compare' });
    await page.getByRole('button', { name: 'Take two samples' }).click();
    await expect.poll(() => page.locator('.says').count(), { timeout: 20_000 }).toBe(2);
    await page.getByRole('tab', { name: 'Frequencies' }).click({ timeout: 20_000 });
    const columns = page.locator('.panel .column');
    const drawnIn = (i: number) => columns.nth(i).locator('.map').count();
    await expect.poll(async () => (await drawnIn(0)) > 2 && (await drawnIn(0)) === (await drawnIn(1)), { timeout: 20_000 }).toBe(true);
    await page.getByRole('button', { name: 'Enlarge' }).click();
    const moved = await transforms(page);
    expect(new Set(moved).size).toBe(1);
    expect(moved[0]).toContain('scale(1.5)');
    await page.getByLabel('Right picture').last().selectOption({ index: 0 });
    await expect.poll(async () => new Set(await page.locator('.pair .whose').allTextContents()).size).toBe(1);
  });
});
