// AUC of each generator of a test split as stored and after JPEG: learned masks, the cosine to the class mean without a mask, shuffled masks, sharpness, file size.
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDataset, parsePerturbations, perturbedInput } from '@syntrace/datasets';
import { maskSimDetector } from '@syntrace/detector-masksim';
import { auc as aucOf } from '@syntrace/evaluation';
import { decode } from '@syntrace/image-io';
import { createSyntrace } from 'syntrace';
import { machine } from '../machine.mjs';
import { artifactIn, joined, shuffled } from './artifacts.mjs';

const root = join(import.meta.dirname, '../..');
export const shared = process.env.SYNTRACE_SHARED ?? join(root, '../shared');
const MEAN = ' (class mean)';
const SHUFFLED = ' (shuffled)';
const COLUMNS = ['learned', 'class mean', 'shuffled', 'sharpness', 'file size'];

export async function auc(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      weights: { type: 'string', default: join(root, 'packages/detector-masksim/weights') },
      means: { type: 'string' },
      window: { type: 'string', default: '512' },
      quality: { type: 'string', default: 'stored,100,90,80,70,60' },
      out: { type: 'string' },
    },
  });
  const window = Number(values.window);
  const own = artifactIn(values.weights);
  const parts = [
    { artifact: own, suffix: '' },
    { artifact: own, suffix: SHUFFLED, change: shuffled },
    ...(values.means ? [{ artifact: artifactIn(values.means), suffix: MEAN }] : []),
  ];
  const weights = await joined(parts, window);
  const plugin = { name: 'bench', version: '1.0.0', contract: 1, detectors: [maskSimDetector({ weights })] };
  const syntrace = createSyntrace({ bare: true, plugins: [plugin] });
  const kernels = await syntrace.kernels();
  const lines = [];
  const kept = [];
  for (const set of positionals) {
    const { items } = await openDataset(join(shared, 'data', set, 'test'));
    for (const quality of values.quality.split(',').map(word => (word === 'stored' ? null : Number(word)))) {
      const [perturbation] = quality === null ? [null] : parsePerturbations(`jpeg:${quality}`);
      const rows = [];
      const sources = items.map(({ path }) => (perturbation ? perturbedInput(path, perturbation, kernels, {}) : path));
      for await (const outcome of syntrace.detectAll(sources)) {
        if ('error' in outcome) throw outcome.error;
        const item = items[outcome.index];
        const { generators } = outcome.detectors[0].evidence;
        if (generators.length === 0) continue;
        const logits = Object.fromEntries(generators.map(each => [each.generator, each.logit]));
        const plain = generators.filter(each => !each.generator.endsWith(')')).toSorted((a, b) => b.standardised - a.standardised);
        const control = generators.filter(each => each.generator.endsWith(SHUFFLED)).toSorted((a, b) => b.standardised - a.standardised);
        const beside = quality === null ? await shallow(item.path, kernels) : {};
        rows.push({ ...item, logits, most: plain[0].standardised, mostShuffled: control[0].standardised, ...beside });
      }
      kept.push({ set, quality, rows: rows.map(({ path, label, group, logits, most }) => ({ path, label, group, logits, most })) });
      lines.push(...table(set, quality, rows));
      process.stdout.write(`${lines.slice(-12).join('\n')}\n`);
    }
  }
  await syntrace.close();
  const head = [`| set | condition | generator | ${COLUMNS.join(' | ')} |`, `|---|---|---|${COLUMNS.map(() => '---').join('|')}|`];
  const text = [...head, ...lines].join('\n');
  process.stdout.write(`\n${text}\n\n${machine().text}\n`);
  if (values.out) writeFileSync(values.out, JSON.stringify({ text, kept }));
}

/** What a score without any look at traces would say, of the picture as stored: sharpness of the luma, bytes of the file. */
async function shallow(path, kernels) {
  const image = await decode(path);
  const pixels = kernels.tensor('u8', image.data, [1, image.height, image.width, image.channels]);
  const luma = await kernels.colour(pixels, 'bt601');
  const variance = await kernels.laplacianVariance(luma);
  const [sharpness] = await kernels.read(variance);
  kernels.free(pixels, luma, variance);
  return { sharpness, size: statSync(path).size };
}

function table(set, quality, rows) {
  const score = (some, of) => aucOf(some.map(row => ({ label: row.label, group: '', score: of(row), probability: null, verdict: 'inconclusive' })));
  const condition = quality === null ? 'as stored' : `JPEG ${quality}`;
  const generators = [...new Set(rows.flatMap(({ label, group }) => (label === 1 ? [group] : [])))].sort();
  const line = (name, some, ofs) => `| ${[set, condition, name, ...ofs.map(of => (of ? score(some, of).toFixed(2) : '–'))].join(' | ')} |`;
  const plainly = quality === null ? [row => row.sharpness, row => row.size] : [null, null];
  const has = name => rows[0].logits[name] !== undefined;
  const each = generators.map(generator => {
    const some = rows.filter(({ group }) => group === generator);
    const by = suffix => (has(generator + suffix) ? row => row.logits[generator + suffix] : null);
    return line(generator, some, [by(''), by(MEAN), by(SHUFFLED), ...plainly]);
  });
  return [...each, line('**all, largest**', rows, [row => row.most, null, row => row.mostShuffled, ...plainly])];
}
