// Writes the server's OpenAPI description and the client's types of it.
//   node scripts/server-client.mjs [--check]      after a build; --check only says whether they are up to date
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { toolsEnvironment } from './lib/environment.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { isMain, runMain, StepError, say } from './lib/say.mjs';

const client = join(root, 'packages/server-client');
const files = { description: join(client, 'openapi.json'), types: join(client, 'src/schema.ts') };

/** The description as the server of this tree gives it, without judging processes. */
async function description() {
  const { DEFAULTS, startServer } = await import(pathToFileURL(join(root, 'packages/server/dist/index.js')).href);
  const data = mkdtempSync(join(tmpdir(), 'syntrace-openapi-'));
  const judge = {
    engine: async () => ({ fingerprint: 'none', version: '0', backend: 'none', detectors: [], defaults: [] }),
    judge: async () => [],
    close: async () => {},
  };
  const server = await startServer({ ...DEFAULTS, data, port: 0, work: 0, processes: 1, logLevel: 'silent', session: {} }, { judge });
  try {
    return `${JSON.stringify(await (await fetch(`${server.address}/openapi.json`)).json(), null, 2)}\n`;
  } finally {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function typesOf(text) {
  const module = createRequire(join(client, 'package.json')).resolve('openapi-typescript/dist/index.mjs');
  const { default: openapiTS, astToString } = await import(pathToFileURL(module).href);
  return `// Made by scripts/server-client.mjs out of openapi.json; change the server instead.\n${astToString(await openapiTS(text))}`;
}

async function main() {
  const text = await description();
  const present = existsSync(files.description) ? readFileSync(files.description, 'utf8') : '{}';
  if (!isDeepStrictEqual(JSON.parse(present), JSON.parse(text))) {
    if (process.argv.includes('--check')) throw new StepError('packages/server-client is not what the server says', 'node scripts/server-client.mjs');
    writeFileSync(files.description, text);
    writeFileSync(files.types, await typesOf(text));
    const { code, output } = await run('biome', ['check', '--write', ...Object.values(files)], { env: toolsEnvironment() });
    if (code !== 0) throw new StepError(output);
    say('packages/server-client is made anew');
  }
  say('the client fits the server');
  process.exit();
}

if (isMain(import.meta.url)) runMain(main);
