// Fits the ensemble that judges when nothing is named, packages/syntrace/src/default-ensemble.json, on the val splits of three sets, as stored and after
// perturbations; `--compare` judges methods by leaving one generator out instead (on the same val splits), which is how members and method were chosen.
//   node scripts/default-ensemble.mjs [--compare] [--detector ID]…      after `npm run build`; ../shared or SYNTRACE_SHARED holds data/
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE, CONDITIONS, data, FAMILIES, SETS, syntrace } from './lib/benchmark/evaluate.mjs';
import { root } from './lib/paths.mjs';
import { isMain, runMain, say } from './lib/say.mjs';

const file = join(root, 'packages/syntrace/src/default-ensemble.json');
/** Judge pixels; what files declare is evidence beside them. */
const MEMBERS = ['frequency', 'residuals'];
const EVIDENCE = ['provenance'];
/** Best AUC by `--compare`, on average over the conditions. */
const METHOD = 'mean';
/** Calibrated on what pictures mostly went through; JPEG 60 and half the size are for comparing. */
const CALIBRATED_ON = ['jpeg:90'];
const ALPHA = '0.1';
async function main() {
  const { values } = parseArgs({ options: { compare: { type: 'boolean' }, detector: { type: 'string', multiple: true } } });
  const members = values.detector ?? MEMBERS;
  const sets = SETS.map(set => join(data, set));
  const judges = values.compare ? members : [...members, ...EVIDENCE];
  const conditions = values.compare ? CONDITIONS.slice(1) : CALIBRATED_ON;
  const common = [...sets, ...judges.flatMap(id => ['--detector', id]), '--perturb', ...conditions, '--cache', CACHE];
  if (values.compare) {
    const methods = ['mean', 'weighted', 'stacker', 'max', 'vote', 'cascade'].flatMap(method => ['--method', method]);
    say(await syntrace(['ensemble', 'leave-out', ...common, ...methods, ...FAMILIES.flatMap(names => ['--family', names.join(',')])]));
    return;
  }
  await syntrace(['ensemble', 'fit', ...common, '--method', METHOD, '--alpha', ALPHA, '--id', 'default', '--out', file]);
  say('packages/syntrace/src/default-ensemble.json is written');
}

if (isMain(import.meta.url)) await runMain(main);
