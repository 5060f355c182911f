import { applyChange } from '@syntrace/datasets/change';
import { decode } from '@syntrace/image-io';
import { createSyntrace } from 'syntrace';
import { expect, it } from 'vitest';
import { allJudged, choose, demo, numberIn } from './support/acts.js';
import { describeSite } from './support/chromium.js';

const NAME = 'idealo-gans-x4-cat.jpg';

describeSite('robustness', ({ open }) => {
  it('shows the score at the sliders and along one of them, as the SDK has it in Node', async () => {
    const page = await open();
    await choose(page, 'Choose pictures', demo(NAME));
    await allJudged(page);
    await page.getByRole('link', { name: 'Robustness' }).click();
    const slider = page.getByRole('slider', { name: 'JPEG quality' });
    await slider.focus();
    const points = page.locator('.chart tbody tr');
    await expect.poll(() => points.count(), { timeout: 30_000 }).toBe(13);
    const plain = await numberIn(page.locator('.present data'));
    for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.locator('output[for="slider-jpeg"]').textContent()).toBe('90');
    await expect.poll(() => numberIn(page.locator('.present data')), { timeout: 20_000 }).not.toBe(plain);

    const syntrace = createSyntrace();
    const image = await decode(demo(NAME));
    const scoreOf = async (picture: typeof image) => (await syntrace.detect(picture, { detectors: ['frequency'] })).score!;
    expect(Math.abs(plain - (await scoreOf(image)))).toBeLessThanOrEqual(1e-4);
    const changed = { ...image, ...(await applyChange(image, { kind: 'jpeg', quality: 90, subsampling: '4:2:0' }, await syntrace.kernels())) };
    expect(Math.abs((await numberIn(page.locator('.present data'))) - (await scoreOf(changed)))).toBeLessThanOrEqual(1e-4);
    await syntrace.close();

    await page.getByRole('slider', { name: 'Blur' }).focus();
    for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.locator('output[for="slider-blur"]').textContent()).toBe('σ 1');
    await expect.poll(() => points.count(), { timeout: 30_000 }).toBeGreaterThanOrEqual(10);
    expect(await page.locator('.changed canvas').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Undo all changes' }).click();
    await expect.poll(() => numberIn(page.locator('.present data'))).toBe(plain);
  });
});
