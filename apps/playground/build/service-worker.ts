import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, type Plugin } from 'vite';

/** Kept only once they were used, as they are large and few pictures need them: model runtime, masks of MaskSim, reader of Content Credentials, decoder of AVIF. */
const ON_USE = /(ort-wasm|c2pa_bg|magick)[^/]*\.wasm$|\/(ort\.|masks-)[^/]*\.js$/;
const NOT_KEPT = /^(sw\.js|_headers)$/;

/** Builds the service worker into the finished site, with the list of its files. */
export function serviceWorker(): Plugin {
  let folder = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    async closeBundle() {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
        .filter(file => !NOT_KEPT.test(file));
      const revision = (file: string) =>
        createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest('hex')
          .slice(0, 16);
      // Names in assets/ hold a hash of the content.
      const list = files.filter(file => !ON_USE.test(file)).map(url => ({ url, revision: url.startsWith('assets/') ? null : revision(url) }));
      await build({
        configFile: false,
        logLevel: 'warn',
        define: { __FILES__: JSON.stringify(list), __ON_USE__: JSON.stringify(files.filter(file => ON_USE.test(file))) },
        build: {
          outDir: folder,
          emptyOutDir: false,
          copyPublicDir: false,
          target: 'es2022',
          rollupOptions: { input: join(import.meta.dirname, '../src/service-worker.ts'), output: { format: 'iife', entryFileNames: 'sw.js' } },
        },
      });
    },
  };
}
