// How each runtime and bundler is tried: it judges the consumer's picture, and gives its version and the answer.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { nodePackage } from '../environment.mjs';
import { askInChromium } from '../pack/in-chromium.mjs';
import { must } from '../pack/must.mjs';
import { root } from '../paths.mjs';

const lastLine = text => text.trim().split('\n').at(-1);

/** Runs the five lines of the README. */
const script = (binary, before = []) => ({
  judge: async ({ project, tools, env }) => {
    const file = join(tools, binary);
    const version = /\d+\.\d+\.\d+/.exec(await must(file, ['--version'], { env }))[0];
    return { version, answer: JSON.parse(lastLine(await must(file, [...before, 'five-lines.js'], { cwd: project, env }))) };
  },
});

const versionOf = (tools, name) => JSON.parse(readFileSync(join(tools, 'node_modules', name, 'package.json'), 'utf8')).version;
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
};

/** Serves a built folder and asks its page. */
async function askFolder(folder, chromium) {
  if (!chromium) throw new Error('no Chromium was found');
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    try {
      const body = readFileSync(join(folder, path === '/' ? 'index.html' : path));
      response.writeHead(200, { 'content-type': TYPES[extname(path) || '.html'] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    const [answer] = await askInChromium(['judge'], { address: `http://127.0.0.1:${server.address().port}`, chromium });
    return answer;
  } finally {
    server.close();
  }
}

/** A page that loads one script, with the picture beside it. */
function writePage(project, out) {
  mkdirSync(out, { recursive: true });
  cpSync(join(project, 'public'), out, { recursive: true });
  writeFileSync(join(out, 'index.html'), readFileSync(join(project, 'index.html'), 'utf8'));
}

export const RUNTIMES = [
  { name: 'Node 20', what: 'ESM, five lines', packages: [`${nodePackage}@20`], ...script(`node_modules/${nodePackage}/bin/node`) },
  { name: 'Node 22', what: 'ESM, five lines', packages: [`${nodePackage}@22`], ...script(`node_modules/${nodePackage}/bin/node`) },
  { name: 'Node 24', what: 'ESM, five lines', packages: [`${nodePackage}@24`], ...script(`node_modules/${nodePackage}/bin/node`) },
  { name: 'Bun', what: 'ESM, five lines', packages: ['@oven/bun-linux-x64'], ...script('node_modules/@oven/bun-linux-x64/bin/bun') },
  {
    name: 'Deno',
    what: 'five lines, `deno run -A`, packages of `node_modules`',
    packages: ['@deno/linux-x64-glibc'],
    ...script('node_modules/@deno/linux-x64-glibc/deno', ['run', '--allow-all', '--quiet']),
  },
  {
    name: 'Vite',
    what: 'build with no settings, in Chromium',
    judge: async ({ project, env, chromium }) => {
      const require = createRequire(join(root, 'package.json'));
      const cli = join(require.resolve('vite/package.json'), '../bin/vite.js');
      await must('node', [cli, 'build'], { cwd: project, env });
      return { version: require('vite/package.json').version, answer: await askFolder(join(project, 'dist'), chromium) };
    },
  },
  {
    name: 'webpack',
    what: '`mode: production`, no other settings, in Chromium',
    packages: ['webpack@5', 'webpack-cli'],
    judge: async ({ project, tools, env, chromium }) => {
      const out = join(tools, 'out');
      writePage(project, out);
      const cli = join(tools, 'node_modules/webpack-cli/bin/cli.js');
      await must('node', [cli, '--mode', 'production', '--entry', './main.js', '--output-path', out, '--output-filename', 'main.js'], { cwd: project, env });
      return { version: versionOf(tools, 'webpack'), answer: await askFolder(out, chromium) };
    },
  },
  {
    name: 'esbuild',
    what: '`--bundle --splitting --format=esm`, in Chromium',
    packages: ['esbuild'],
    judge: async ({ project, tools, env, chromium }) => {
      const out = join(tools, 'out');
      writePage(project, out);
      const flags = ['--bundle', '--splitting', '--format=esm', '--minify', `--outdir=${out}`];
      await must(join(tools, 'node_modules/.bin/esbuild'), ['main.js', ...flags], { cwd: project, env });
      return { version: versionOf(tools, 'esbuild'), answer: await askFolder(out, chromium) };
    },
  },
  {
    name: 'Next',
    what: "a route handler on the server, `next build` and `next start`, with `serverExternalPackages: ['syntrace']`",
    judge: async ({ project, env }) => {
      // Next looks for both below one folder.
      await must('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', 'next', 'react', 'react-dom'], { cwd: project, env });
      const app = join(project, 'next-app');
      mkdirSync(join(app, 'app/detect'), { recursive: true });
      writeFileSync(join(app, 'package.json'), '{ "private": true, "type": "module" }');
      writeFileSync(
        join(app, 'next.config.mjs'),
        "export default { serverExternalPackages: ['syntrace'], turbopack: { root: new URL('..', import.meta.url).pathname } };\n",
      );
      writeFileSync(join(app, 'app/layout.js'), 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;\n');
      const route =
        "import { detect } from 'syntrace';\n\nexport async function POST(request) {\n  const { verdict, score } = await detect(new Uint8Array(await request.arrayBuffer()));\n  return Response.json({ verdict, score });\n}\n";
      writeFileSync(join(app, 'app/detect/route.js'), route);
      const cli = join(project, 'node_modules/next/dist/bin/next');
      const own = { ...env, NEXT_TELEMETRY_DISABLED: '1' };
      await must('node', [cli, 'build'], { cwd: app, env: own });
      const server = spawn('node', [cli, 'start', '--port', '0', '--hostname', '127.0.0.1'], { cwd: app, env: own });
      try {
        const address = await new Promise((resolve, reject) => {
          let said = '';
          server.stdout.on('data', data => {
            said += data;
            const found = /http:\/\/127\.0\.0\.1:[1-9]\d*/.exec(said);
            if (found) resolve(found[0]);
          });
          server.once('exit', code => reject(new Error(`next start ended with ${code}: ${said}`)));
        });
        const response = await fetch(`${address}/detect`, { method: 'POST', body: readFileSync(join(project, 'picture.png')) });
        if (!response.ok) throw new Error(`it answers ${response.status}: ${(await response.text()).slice(0, 200)}`);
        return { version: versionOf(project, 'next'), answer: await response.json() };
      } finally {
        server.kill();
      }
    },
  },
];
