// Writes the screenshots and the figures of apps/playground/README.md: the built site in Chromium.
//   node scripts/docs-playground.mjs      after `npm run build`
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sizesOf } from '../apps/playground/build/sizes.mjs';
import { withSection } from './lib/docs-section.mjs';
import { toolsEnvironment } from './lib/environment.mjs';
import { root } from './lib/paths.mjs';
import { run, tail } from './lib/process.mjs';
import { runMain, StepError, say } from './lib/say.mjs';

const app = join(root, 'apps/playground');
const readme = join(app, 'README.md');
const limits = JSON.parse(readFileSync(join(app, 'size-limits.json'), 'utf8'));

const PARTS = {
  page: 'the page: HTML, styles, script',
  worker: 'the worker: kernels, detectors and their weights',
  codecs: 'codecs, each loaded when such a file comes',
  samples: 'sample pictures',
  credentials: 'reader of Content Credentials, fetched in the background',
  models: 'model runtimes (WASM, WebGPU), loaded with the first model',
  masks: 'masks of MaskSim, loaded when it is chosen',
  avif: 'decoder of AVIF, loaded with the first such picture',
  site: 'everything',
};

const size = bytes => (bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
const ms = value => `${Math.round(value)} ms`;

function sectionOf({ vitals, verdict, large, axe, outside }) {
  const sizes = sizesOf(join(app, 'dist'));
  const machine = `${cpus().length} cores of an ${cpus()[0]
    .model.replace(/\(R\)|\(TM\)/g, '')
    .replace(/\s+/g, ' ')}`;
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)} in headless Chromium on ${machine} (load ${loadavg()[1].toFixed(0)}: other work counts in the times); medians of five.`,
    '',
    '| what | figure |',
    '| --- | --- |',
    `| first verdict on a JPEG of 12 megapixels (${size(large.bytes)}), the app loaded | ${ms(verdict.first)} (slowest ${ms(verdict.slowestFirst)}) |`,
    `| all detectors on it | ${ms(verdict.all)} |`,
    `| first contentful paint, largest contentful paint | ${ms(vitals.firstPaint)}, ${ms(vitals.largestPaint)} |`,
    `| time blocked while loading, layout shift | ${ms(vitals.blocked)}, ${Number(vitals.shift.toFixed(3))} |`,
    `| axe-core on seven views in light and dark colours | ${axe.critical} critical, ${axe.serious} serious, ${axe.moderate} moderate, ${axe.minor} minor findings; ${axe.passes} checks passed |`,
    `| requests to anywhere else | ${outside} |`,
    '',
    '| part | size | gzipped | limit |',
    '| --- | --- | --- | --- |',
    ...Object.entries(PARTS).map(
      ([part, words]) =>
        `| ${words} | ${size(sizes[part].bytes)} | ${size(sizes[part].gzip())} | ${size(limits[part].bytes ?? limits[part].gzip)}${limits[part].gzip ? ' gzipped' : ''} |`,
    ),
  ].join('\n');
}

await runMain(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'syntrace-playground-'));
  const file = join(folder, 'figures.json');
  try {
    const { code, output } = await run('vitest', ['run'], { cwd: app, env: toolsEnvironment({ PLAYGROUND_RECORD: file, CI: 'true', NO_COLOR: '1' }) });
    if (code !== 0)
      throw new StepError(`the site could not be recorded\n${tail(output, 60)}`, '`npm run build` makes the site; the lines above say what went wrong.');
    writeFileSync(readme, withSection(readFileSync(readme, 'utf8'), 'figures', sectionOf(JSON.parse(readFileSync(file, 'utf8')))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say('apps/playground/README.md and its screenshots are written');
});
