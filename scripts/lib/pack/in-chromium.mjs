// A Vite project served on this machine, loaded in real Chromium.
import { spawn } from 'node:child_process';
import { chromiumFlags } from '../chromium.mjs';
import { toolsEnvironment } from '../environment.mjs';

/** Starts `vite <args>` on a free port; gives its address and a function that ends it. */
function serve(vite, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn('node', [vite, ...args, '--host', '127.0.0.1', '--port', '0'], { cwd, env: toolsEnvironment({ NO_COLOR: '1', BROWSER: 'none' }) });
    const state = { output: '', stop: () => child.kill(), errors: () => state.output.split('\n').filter(line => /error|warning/i.test(line)) };
    const timer = setTimeout(() => {
      child.kill();
      reject(new Error(`vite ${args.join(' ')} gave no address in 60 s\n${state.output}`));
    }, 60_000);
    const read = chunk => {
      state.output += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(state.output)?.[0];
      if (!address) return;
      clearTimeout(timer);
      resolve({ ...state, address, output: () => state.output });
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.on('exit', code => {
      clearTimeout(timer);
      reject(new Error(`vite ${args.join(' ')} ended with exit code ${code}\n${state.output}`));
    });
  });
}

/** Serves the project, opens it in Chromium and gives what its functions of these names say; throws if the page complained of anything. */
export const askInChromium = (names, options) =>
  withPage(options, async page => {
    const results = [];
    for (const name of names) results.push(await page.evaluate(asked => globalThis[asked](), name));
    return results;
  });

/** Serves the project (or takes the address of one that is served), opens it in Chromium and works with the page once its title is `ready`; throws if the page complained of anything
 *  but what `expected` matches. */
export async function withPage({ vite, args, cwd, address, chromium, expected = /^$/ }, work) {
  const { chromium: playwright } = await import('playwright');
  const server = address ? { address, stop() {}, output: () => '' } : await serve(vite, args, cwd);
  const browser = await playwright.launch({ executablePath: chromium, args: chromiumFlags });
  try {
    const page = await browser.newPage();
    const complaints = [];
    const complain = text => expected.test(text) || complaints.push(text);
    page.on('console', message => ['error', 'warning'].includes(message.type()) && complain(`console ${message.type()}: ${message.text()}`));
    page.on('pageerror', error => complain(`uncaught: ${error.message}`));
    page.on('requestfailed', request => complain(`request failed: ${request.url()} ${request.failure()?.errorText}`));
    page.on('request', request => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== server.address) complain(`asked another host: ${url.href}`);
    });
    const say = error => `${error.message}\n${complaints.join('\n')}\n${server.output()}`;
    // The dev server may reload the page once, when it has found the dependencies that it must bundle.
    for (let attempt = 1; ; attempt++) {
      try {
        await page.goto(server.address, { waitUntil: 'networkidle' });
        await page.waitForFunction(() => document.title === 'ready', undefined, { timeout: 60_000 });
        const results = await work(page, server.address);
        if (complaints.length > 0) throw new Error('the page complained');
        return results;
      } catch (error) {
        if (attempt === 2) throw new Error(say(error));
        if (!/navigation|context was destroyed|Outdated Optimize Dep/i.test(say(error))) throw new Error(say(error));
        complaints.length = 0;
      }
    }
  } finally {
    await browser.close();
    server.stop();
  }
}
