// Pictures of the API page as a browser shows it.
//   node bench/server/screenshots.mjs [docs/images]      after a build; needs Chromium
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { freePort } from '../../packages/server/test/postgres.ts';
import { command } from './processes.mjs';

const out = process.argv[2] ?? new URL('../../docs/images', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'syntrace-page-'));
const port = await freePort();
const service = command(['serve', '--port', String(port), '--data', folder, '--work', '0', '--processes', '1']);
await service.ready;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1200, height: 1100 } });
const complaints = [];
page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
await page.goto(`http://127.0.0.1:${port}/docs`);
await page.waitForSelector('.opblock');
await page.screenshot({ path: join(out, 'server-api.png') });
// Tries one call out, as a reader would.
await page.click('#operations-detectors-get_v1_detectors .opblock-summary');
await page.click('#operations-detectors-get_v1_detectors .try-out__btn');
await page.click('#operations-detectors-get_v1_detectors .execute');
await page.waitForSelector('#operations-detectors-get_v1_detectors .live-responses-table .response-col_status');
await page.locator('#operations-detectors-get_v1_detectors').screenshot({ path: join(out, 'server-api-try.png') });
console.log(JSON.stringify({ operations: await page.locator('.opblock').count(), complaints }));
await browser.close();
service.child.kill('SIGTERM');
await service.exited;
rmSync(folder, { recursive: true, force: true });
process.exit();
