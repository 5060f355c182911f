// Writes the tables on whole-window classifiers (packages/detector-frequency/README.md) and on simulated training (docs/datasets.md).
//   node bench/frequency/run.mjs [--only models,curve,robustness,attribution,simulation] [--models log2,cnn] [--kinds all,bilinear,nets,both]
//     [--work DIR] [--python PYTHON]
// after `npm run build`; ../shared or SYNTRACE_SHARED holds data/. What was trained before in the work folder is not trained again.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withSection } from '../../scripts/lib/docs-section.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { isMain, runMain, say } from '../../scripts/lib/say.mjs';
import { machine } from '../machine.mjs';
import { attributionTable } from './attribution.mjs';
import { curveTable } from './curve.mjs';
import { MODELS, modelsTable } from './models.mjs';
import { robustnessTable } from './robustness.mjs';
import { simulationTable } from './simulation.mjs';

const README = 'packages/detector-frequency/README.md';
const TABLES = {
  models: { page: README, make: modelsTable },
  curve: { page: README, make: curveTable },
  robustness: { page: README, make: robustnessTable },
  attribution: { page: README, make: attributionTable },
  simulation: { page: 'docs/datasets.md', make: simulationTable },
};

async function main() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: Object.keys(TABLES).join() },
      models: { type: 'string', default: MODELS.join() },
      work: { type: 'string', default: join(tmpdir(), 'syntrace-frequency') },
      python: { type: 'string' },
      kinds: { type: 'string' },
    },
  });
  mkdirSync(values.work, { recursive: true });
  for (const name of values.only.split(',')) {
    const { page, make } = TABLES[name];
    const table = await make(values.work, { only: values.models.split(','), python: values.python, kinds: values.kinds?.split(',') });
    const file = join(root, page);
    const about = `(${machine().text}; \`node bench/frequency/run.mjs --only ${name}\`)`;
    writeFileSync(file, withSection(readFileSync(file, 'utf8'), name, `${table}\n\n${about}`));
    say(`${page}: ${name} is written`);
  }
}

if (isMain(import.meta.url)) await runMain(main);
