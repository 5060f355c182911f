// Writes docs/images/report.png: the top of the demo's report in Chromium.
//   node scripts/docs-report-picture.mjs      after `npm run demo`
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { chromiumFlags, chromiumHint, findChromium } from './lib/chromium.mjs';
import { root } from './lib/paths.mjs';
import { runMain, StepError, say } from './lib/say.mjs';

const report = join(root, 'demo-report/index.html');
const picture = join(root, 'docs/images/report.png');

await runMain(async () => {
  const executablePath = findChromium();
  if (!executablePath) throw new StepError('there is no Chromium', chromiumHint);
  if (!existsSync(report)) throw new StepError(`${report} is not there`, '`npm run demo` writes it.');
  const browser = await chromium.launch({ executablePath, args: chromiumFlags });
  try {
    const page = await browser.newPage({ viewport: { width: 1180, height: 1240 } });
    await page.goto(pathToFileURL(report).href);
    mkdirSync(dirname(picture), { recursive: true });
    await page.screenshot({ path: picture });
  } finally {
    await browser.close();
  }
  say('docs/images/report.png is written');
});
