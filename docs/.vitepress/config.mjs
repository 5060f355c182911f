// The site: the pages of docs/ and the packages' READMEs as they lie in the repository; docs/api is generated. `npm run docs` builds it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { renderMermaidSVG } from 'beautiful-mermaid';
import { defineConfig } from 'vitepress';

const root = resolve(import.meta.dirname, '../..');
const titleOf = page => /^# (.+)$/m.exec(readFileSync(join(root, page), 'utf8'))[1].replaceAll('`', '');
const entry = page => ({ text: titleOf(page), link: `/${page.replace(/\.md$/, '')}` });
const docs = (...names) => names.map(name => entry(`docs/${name}.md`));
const below = folder => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []);
const packages = below('packages').filter(name => existsSync(join(root, 'packages', name, 'README.md')));
const concepts = ['picture', 'intermediates', 'backends', 'verdicts', 'ensembles', 'models', 'collections', 'plugins'].map(name => `concepts/${name}`);

/** Diagrams are drawn when the site is built; nothing of it runs in the page. */
function drawMermaid(markdown) {
  const fence = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, i, ...rest) => {
    if (tokens[i].info.trim() !== 'mermaid') return fence(tokens, i, ...rest);
    const svg = renderMermaidSVG(tokens[i].content, { bg: 'var(--vp-c-bg)', fg: 'var(--vp-c-text-1)', transparent: true });
    // It would ask another host for its font.
    return `<div class="diagram" style="overflow-x: auto" v-pre>${svg.replace(/@import url\([^)]*\);?/g, '')}</div>`;
  };
}

/** Links to a folder lead to its README; those to what is no page of the site (sources, data) become plain words. */
function sourceLinks(markdown) {
  const isSource = href => !/^([a-z][a-z+.-]*:|#|\/)/i.test(href) && !/\.(md|html)(#|$)/.test(href);
  const hasPage = folder => /^(packages|examples)\//.test(relative(root, folder)) && existsSync(join(folder, 'README.md'));
  markdown.core.ruler.push('source-links', ({ tokens, env }) => {
    for (const { children } of tokens)
      for (const [i, token] of (children ?? []).entries()) {
        const href = token.type === 'link_open' ? token.attrGet('href') : null;
        if (href === null || !isSource(href)) continue;
        if (hasPage(resolve(dirname(env.path), href))) token.attrSet('href', `${href.replace(/\/$/, '')}/README.md`);
        else {
          const end = children.findIndex((other, k) => k > i && other.type === 'link_close');
          for (const each of [token, children[end]]) Object.assign(each, { type: each === token ? 'span_open' : 'span_close', tag: 'span', attrs: null });
        }
      }
  });
}

export default defineConfig({
  title: 'Syntrace',
  description: 'Tells whether an image came out of a camera or out of a generative model, and shows why',
  srcDir: '..',
  outDir: './.site',
  cacheDir: './.site-cache',
  rewrites: { 'README.md': 'index.md' },
  srcExclude: [
    '.*/**',
    'node_modules/**',
    'target/**',
    'apps/**',
    'bench/**',
    'crates/**',
    'scripts/**',
    '**/node_modules/**',
    '**/templates/**',
    '**/dist/**',
    '**/fixtures/**',
    'demo-report/**',
    'examples/demo/pictures/**',
  ],
  metaChunk: true,
  lastUpdated: false,
  vite: { server: { fs: { allow: [root] } } },
  markdown: {
    config(markdown) {
      drawMermaid(markdown);
      sourceLinks(markdown);
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    sidebar: [
      { text: 'Start', items: docs('getting-started', 'not-proof', 'methods', 'runtimes', 'configuration', 'errors') },
      { text: 'Concepts', items: docs(...concepts) },
      { text: 'Plugins', items: docs('writing-a-detector', 'writing-a-backend', 'first-plugin', 'plugin-rules', 'ensembles') },
      {
        text: 'Methods',
        items: [
          ...docs('noisescope', 'provenance', 'published-detectors', 'datasets'),
          ...packages.filter(name => name.startsWith('detector-') || name === 'baselines').map(name => entry(`packages/${name}/README.md`)),
        ],
      },
      { text: 'Measured', items: docs('benchmark', 'performance', 'conformance') },
      { text: 'Packages', collapsed: true, items: packages.map(name => entry(`packages/${name}/README.md`)) },
      {
        text: 'API',
        collapsed: true,
        items: below('docs/api')
          .filter(name => name.endsWith('.md'))
          .map(name => entry(relative(root, join(root, 'docs/api', name)))),
      },
      {
        text: 'Project',
        items: [...docs('architecture', 'releases', 'security', 'telemetry', 'third-party-notices'), entry('CONTRIBUTING.md'), entry('examples/README.md')],
      },
      {
        text: 'Decisions',
        collapsed: true,
        items: below('docs/decisions')
          .sort()
          .map(name => entry(`docs/decisions/${name}`)),
      },
    ],
  },
});
