import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULTS, type RunningServer, startServer } from '@syntrace/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allJudged, choose, demo, rowScore } from './support/acts.js';
import { describeSite } from './support/chromium.js';
import { detectByCommand } from './support/command.js';

const NAME = 'real-hopper.jpg';

describeSite('a server that judges', ({ open, site, outside }) => {
  let data: string;
  let server: RunningServer;
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'playground-server-'));
    const allowOrigin = [new URL(site().address).origin];
    server = await startServer({ ...DEFAULTS, data, port: 0, work: 0, processes: 1, logLevel: 'silent', allowOrigin, session: {} });
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(data, { recursive: true, force: true });
  });

  it('gets the pictures when it is chosen, and the page says so', async () => {
    const page = await open({ view: 'settings' });
    const said = page.locator('section[aria-labelledby="server"] [role="status"]');
    expect(await said.textContent()).toBe('This one. No picture leaves it.');
    await page.getByLabel('Address of a server').fill(server.address);
    await page.getByRole('button', { name: 'Send pictures to this server' }).click();
    await expect.poll(() => said.textContent()).toContain(`The server ${server.address}`);
    expect(await page.locator('footer').textContent()).toContain(`Pictures are sent to ${server.address}`);
    expect(await page.getByRole('link', { name: /^Judged by 127\.0\.0\.1/ }).count()).toBe(1);

    await page.getByRole('link', { name: 'Pictures', exact: true }).click();
    await choose(page, 'Choose pictures', demo(NAME));
    await allJudged(page);
    const [answer] = await detectByCommand([demo(NAME)]);
    const expected = answer!.detectors.find(({ id }) => id === 'frequency')!.score!;
    expect(Math.abs((await rowScore(page, 'frequency')) - expected)).toBeLessThanOrEqual(1e-3);
    await expect.poll(() => page.locator('.map figcaption').allTextContents(), { timeout: 30_000 }).toContain('Spectrum');
    // Remembered, until it is taken back.
    await page.reload();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Judge on this machine' }).click();
    await expect.poll(() => said.textContent()).toBe('This one. No picture leaves it.');
    expect(outside()).toEqual([]);
  });

  it('that does not answer is refused, and this machine goes on', async () => {
    const page = await open({ view: 'settings' });
    await page.getByLabel('Address of a server').fill('http://127.0.0.1:9/');
    await page.getByRole('button', { name: 'Send pictures to this server' }).click();
    await expect.poll(() => page.locator('.problem code').textContent()).toBe('SERVER_UNREACHABLE');
    await page.getByRole('link', { name: 'Pictures', exact: true }).click();
    await choose(page, 'Choose pictures', demo(NAME));
    await allJudged(page);
  });
});
