// Builds the documentation site into docs/.site: the API reference from docstrings, links checked, then VitePress.
//   node scripts/docs-site.mjs      after `npm run build -- --ts`
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeApi } from '../docs/.vitepress/api.mjs';
import { Checks, expect } from './lib/checks.mjs';
import { brokenLinks } from './lib/docs/links.mjs';
import { toolsEnvironment } from './lib/environment.mjs';
import { root } from './lib/paths.mjs';
import { run, tail } from './lib/process.mjs';

const checks = new Checks();
const api = join(root, 'docs/api');
const site = join(root, 'docs/.site');

/** Markdown pages that people read, as git knows them. */
async function pages() {
  const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root });
  return stdout.split('\n').filter(file => file && !/(^|\/)(\.changeset|templates|fixtures)\//.test(file));
}

await checks.check('links between pages lead somewhere', async () => {
  const broken = (await pages()).flatMap(file => brokenLinks(join(root, file), root));
  expect(broken.length === 0, broken.join('\n'));
});

await checks.check('the API reference, from docstrings', async () => {
  rmSync(api, { recursive: true, force: true });
  const errors = await writeApi(root, api);
  expect(errors === 0, `${errors} errors of typedoc`);
  const core = readFileSync(join(api, '@syntrace/core.md'), 'utf8');
  expect(core.includes('Refuses what is not a plugin of this contract'), 'a docstring of core is not in it');
});

await checks.check('the site is built, and no page links to one that is not there', async () => {
  rmSync(site, { recursive: true, force: true });
  const { code, output } = await run('node', [join(root, 'docs/node_modules/vitepress/bin/vitepress.js'), 'build', 'docs'], {
    env: toolsEnvironment({ NO_COLOR: '1' }),
  });
  expect(code === 0, tail(output, 40));
  for (const page of [
    'index.html',
    'docs/errors.html',
    'docs/concepts/plugins.html',
    'packages/detector-frequency/README.html',
    'docs/api/@syntrace/core.html',
  ])
    expect(readFileSync(join(site, page), 'utf8').includes('<main'), `${page} is empty`);
  const concepts = readdirSync(join(site, 'docs/concepts')).filter(name => name.endsWith('.html'));
  for (const name of concepts) {
    const page = readFileSync(join(site, 'docs/concepts', name), 'utf8');
    expect(/class="diagram"[^>]*><svg/.test(page), `${name} has no diagram`);
    expect(!/@import|<(script|link|img)[^>]*="https?:/.test(page), `${name} asks another host`);
  }
});

process.exitCode = checks.finish();
