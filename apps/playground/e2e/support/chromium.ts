import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { chromiumFlags, chromiumHint, findChromium } from '../../../../scripts/lib/chromium.mjs';
import { type Site, serveSite, serveTrap } from './site.js';

const executablePath = findChromium();
if (!executablePath) process.stderr.write(`\nSKIPPED: every test of the playground: there is no browser. ${chromiumHint}\n`);

/** Chromium's own errands, which no page can cause. */
const OWN = /(^|\.)(google|googleapis|gvt1|gvt2|chromium)\.(com|org)(:\d+)?(\/|$)/;

export interface Playground {
  readonly site: () => Site;
  /** A page on the app, ready to judge. What it complains of fails the test. */
  open(options?: BrowserContextOptions & { readonly view?: string }): Promise<Page>;
  /** What left this machine. */
  readonly outside: () => readonly string[];
}

/** Tests on the built site in a real Chromium; left out, and said, where there is none. `expected`: complaints that are meant. */
export function describeSite(name: string, tests: (playground: Playground) => void, options: Parameters<typeof serveSite>[0] = {}): void {
  describe.skipIf(!executablePath)(name, () => {
    let site: Site;
    let browser: Browser;
    let trap: Awaited<ReturnType<typeof serveTrap>>;
    const contexts: BrowserContext[] = [];
    const complaints: string[] = [];

    const outside = () => trap.asked.filter(address => !OWN.test(new URL(address.includes('://') ? address : `https://${address}`).host));

    beforeAll(async () => {
      site = await serveSite(options);
      trap = await serveTrap();
      browser = await chromium.launch({ executablePath: executablePath!, args: chromiumFlags, proxy: { server: trap.address, bypass: '127.0.0.1' } });
    });
    afterEach(async () => {
      await Promise.all(contexts.splice(0).map(context => context.close()));
      expect(complaints.splice(0)).toEqual([]);
      expect(site.missing).toEqual([]);
      expect(outside()).toEqual([]);
    });
    afterAll(async () => {
      await browser?.close();
      await site?.close();
      await trap?.close();
    });

    tests({
      site: () => site,
      outside,
      async open({ view = 'pictures', ...context } = {}) {
        const made = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en', ...context });
        contexts.push(made);
        const page = await made.newPage();
        page.setDefaultTimeout(20_000);
        page.on('console', message => message.type() === 'error' && complaints.push(`console: ${message.text()}`));
        page.on('pageerror', error => complaints.push(`uncaught: ${error.message}`));
        page.on('worker', worker => worker.on('console', message => message.type() === 'error' && complaints.push(`worker: ${message.text()}`)));
        await page.goto(`${site.address}#/${view}`);
        return page;
      },
    });
  });
}
