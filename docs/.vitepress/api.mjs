// The API reference, out of the docstrings in the built types: a page for each package.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Application, Converter } from 'typedoc';
import { load } from 'typedoc-plugin-markdown';

/** Packages that people write code against; the command and the private ones are not among them. */
const PACKAGES = [
  'core',
  'syntrace',
  'baselines',
  'testkit',
  'detector-onnx',
  'model-runtime',
  'image-io',
  'datasets',
  'evaluation',
  'training',
  'detector-frequency',
  'detector-masksim',
  'detector-noisescope',
  'detector-npr',
  'detector-provenance',
  'server',
  'server-client',
];

/** Writes the pages into `out` and tells how many problems typedoc saw. Packages must be built. */
export async function writeApi(root, out) {
  const entries = PACKAGES.map(name => [name, ['index.d.ts', 'node.d.ts'].map(file => join(root, 'packages', name, 'dist', file)).find(existsSync)]).filter(
    ([, file]) => file,
  );
  const app = await Application.bootstrap({
    entryPoints: entries.map(([, file]) => file),
    tsconfig: join(import.meta.dirname, 'tsconfig.json'),
    skipErrorChecking: true,
    excludePrivate: true,
    disableSources: true,
    readme: 'none',
    name: 'API',
    logLevel: 'Error',
  });
  load(app);
  for (const [option, value] of Object.entries({ router: 'module', hidePageHeader: true, hideBreadcrumbs: true, sanitizeComments: true }))
    app.options.setValue(option, value);
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) {
      const name = PACKAGES.find(each => module.name === each || module.name.startsWith(`${each}/`));
      if (name) module.name = name === 'syntrace' ? name : `@syntrace/${name}`;
    }
  });
  const project = await app.convert();
  if (!project) throw new Error('typedoc could not read the types');
  await app.outputs.writeOutput({ name: 'markdown', path: out }, project);
  return app.logger.errorCount;
}
