// What is read of each sign's fixture, in Node and in Chromium, as a table.
//   node packages/detector-provenance/scripts/show-signs.mjs        after a build; Chromium at CHROMIUM_PATH or /usr/bin/chromium
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { chromiumFlags, findChromium } from '../../../scripts/lib/chromium.mjs';
import { readProvenance } from '../dist/index.js';

const packages = new URL('../../', import.meta.url);
const { signs } = JSON.parse(readFileSync(new URL('../src/signs/signs.json', import.meta.url), 'utf8'));
const fixtureOf = name => new URL(`../test/fixtures/${name}`, import.meta.url);
const resultOf = ({ signs: found, declared }, id) => {
  const sign = found.find(each => each.id === id);
  return sign ? `${sign.declares}${sign.generator ? ` (${sign.generator})` : ''}, file ${declared}` : 'not found';
};

const page = `<!doctype html><script type="importmap">{"imports":{"@syntrace/core":"/core/dist/index.js"}}</script><script type="module">
import { readProvenance } from '/detector-provenance/dist/index.js';
globalThis.read = async path => {
  const { signs, declared } = await readProvenance(new Uint8Array(await (await fetch(path)).arrayBuffer()));
  return { signs, declared };
};
document.title = 'ready';
</script>`;
const server = createServer(async ({ url }, response) => {
  const file = url === '/' ? Buffer.from(page) : await readFile(new URL(`.${url}`, packages)).catch(() => null);
  response.writeHead(file ? 200 : 404, { 'content-type': url === '/' ? 'text/html' : url.endsWith('.js') ? 'text/javascript' : 'application/octet-stream' });
  response.end(file ?? '');
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
const executablePath = findChromium();
const browser = executablePath && (await chromium.launch({ executablePath, args: chromiumFlags }));
const tab = browser && (await browser.newPage());
await tab?.goto(`http://127.0.0.1:${server.address().port}/`);
await tab?.waitForFunction(() => document.title === 'ready');

process.stdout.write('| sign | fixture | Node | Chromium |\n| --- | --- | --- | --- |\n');
let missing = 0;
for (const { id, fixture } of signs) {
  const node = resultOf(await readProvenance(new Uint8Array(readFileSync(fileURLToPath(fixtureOf(fixture))))), id);
  const chrome = tab ? resultOf(await tab.evaluate(path => globalThis.read(path), `/detector-provenance/test/fixtures/${fixture}`), id) : 'no Chromium here';
  missing += [node, chrome].filter(result => result === 'not found').length;
  process.stdout.write(`| ${id} | ${fixture} | ${node} | ${chrome === node ? 'the same' : chrome} |\n`);
}
process.stdout.write(`\n${signs.length} signs, ${missing} not found\n`);
await browser?.close();
server.close();
process.exitCode = missing > 0 ? 1 : 0;
