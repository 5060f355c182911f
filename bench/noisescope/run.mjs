// Experiments of the NoiseScope detector, each into a table (CSV, Markdown) of its own. An interrupted one goes on: finished rows and residuals are kept in the folder.
//   node bench/noisescope/run.mjs COMMAND --bench DIR --out DIR [--seeds N] [--only TEXT] …
// Commands: sets, countermeasures, imbalance, piles, candidates, risk, blocks (what each does stands on top of its file). --bench: a folder with noisescope/, noisescope2/, train/, val/, test/.
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createSyntrace } from 'syntrace';

const COMMANDS = ['sets', 'countermeasures', 'imbalance', 'piles', 'candidates', 'risk', 'blocks'];
const { values, positionals } = parseArgs({
  options: {
    bench: { type: 'string' },
    photos: { type: 'string' },
    out: { type: 'string' },
    seeds: { type: 'string' },
    set: { type: 'string' },
    only: { type: 'string', default: '' },
  },
  allowPositionals: true,
});
const [command] = positionals;
if (!COMMANDS.includes(command) || !values.bench || !values.out || !existsSync(values.bench))
  throw new Error(`use: run.mjs ${COMMANDS.join(' | ')} --bench DIR --out DIR [--seeds N] [--only TEXT] [--set NAME] [--photos DIR]`);

mkdirSync(values.out, { recursive: true });
const syntrace = createSyntrace();
const { run } = await import(fileURLToPath(new URL(`./${command}.mjs`, import.meta.url)));
await run({ ...values, ...(values.seeds && { seeds: Number(values.seeds) }), kernels: await syntrace.kernels() });
await syntrace.close();
