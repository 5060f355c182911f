// `npm run demo`: judges the pictures of examples/demo with the committed weights and WASM, and says how often it was right. Needs no Rust.
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { buildTypeScript } from './lib/build-typescript.mjs';
import { ndjson, syntrace } from './lib/cli/syntrace.mjs';
import { compareWithTruth, tally } from './lib/demo/truth.mjs';
import { root } from './lib/paths.mjs';
import { runMain, StepError, say, seconds } from './lib/say.mjs';

const demo = join(root, 'examples', 'demo');
const report = join('demo-report', 'index.html');

async function judge() {
  const pictures = join('examples', 'demo', 'pictures');
  const table = await syntrace(['detect', pictures, '--report', report, '--explain', join('demo-report', 'explain')], { show: true });
  if (table.code > 1) throw new StepError(`The command ended with exit code ${table.code}`, '`npx syntrace doctor` says what is missing.');
  // Once more as data: the same pictures, to compare with what is known of them.
  const lines = ndjson((await syntrace(['detect', pictures, '--ndjson'])).stdout);
  return { exit: table.code, lines };
}

await runMain(async () => {
  const start = performance.now();
  await bootstrap();
  await buildTypeScript();
  say();
  const { exit, lines } = await judge();
  const manifest = join(demo, 'manifest.json');
  if (existsSync(manifest)) {
    const compared = compareWithTruth(JSON.parse(readFileSync(manifest, 'utf8')), new Map(lines.map(line => [basename(line.path), line])));
    for (const line of tally(compared)) say(line);
  }
  say(`\nThe report: ${join(root, report)} (open it in a browser; it needs no network)`);
  say(`The demo took ${seconds(performance.now() - start)}.`);
  return exit;
});
