// The site: the pages of docs/ and the packages' READMEs as they lie in the repository; docs/api is generated. `npm run docs` builds it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
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
    return `<div class="diagram" v-pre>${svg}</div>`;
  };
}

/** Links to what is in the repository and no page of the site (sources, folders) become plain words. */
function unlinkSources(markdown) {
  const isSource = href => /^\.{0,2}\/?[\w@.-]+(\/|$)/.test(href) && !/^[a-z]+:|^#|\.(md|html)(#|$)/.test(href);
  const [open, close] = [markdown.renderer.rules.link_open, markdown.renderer.rules.link_close];
  const render = (rule, tag) => (tokens, i, options, env, self) =>
    tokens[i].meta?.source ? `<${tag}>` : rule ? rule(tokens, i, options, env, self) : self.renderToken(tokens, i, options);
  markdown.core.ruler.push('unlink-sources', state => {
    for (const { children } of state.tokens)
      for (const [i, token] of (children ?? []).entries()) {
        if (token.type !== 'link_open' || !isSource(token.attrGet('href') ?? '')) continue;
        const end = children.findIndex((other, k) => k > i && other.type === 'link_close');
        for (const each of [token, children[end]]) {
          each.meta = { source: true };
          each.tag = 'span';
          each.attrs = null;
        }
      }
  });
  markdown.renderer.rules.link_open = render(open, 'span');
  markdown.renderer.rules.link_close = render(close, '/span');
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
      unlinkSources(markdown);
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
          ...docs('noisescope', 'provenance', 'datasets'),
          ...packages.filter(name => name.startsWith('detector-')).map(name => entry(`packages/${name}/README.md`)),
        ],
      },
      { text: 'Measured', items: docs('performance', 'conformance') },
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
