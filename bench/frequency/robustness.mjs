// AUC after each perturbation, of models that were and were not trained on perturbed pictures.
import { join } from 'node:path';
import { aucOf, data, evaluated, markdown, trained } from './tools.mjs';

const PERTURBATIONS = ['jpeg:75', 'blur:1', 'noise:10', 'crop:0.1'];

export async function robustnessTable(work) {
  const models = [];
  for (const on of ['pixels', 'dct'])
    for (const perturbed of [false, true]) {
      const { folder } = await trained(join(work, `ridge-${on}${perturbed ? '-perturbed' : ''}`), [data('bench')], { model: 'ridge', on, perturbed });
      models.push({ name: `${on}${perturbed ? ', trained on perturbed ones too' : ''}`, results: await evaluated(folder, data('bench/test'), PERTURBATIONS) });
    }
  const conditions = models[0].results.map(({ name }) => name);
  return markdown(
    ['perturbation', ...models.map(({ name }) => name)],
    conditions.map((name, i) => [name, ...models.map(({ results }) => aucOf(results[i]))]),
  );
}
