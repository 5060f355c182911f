// Each model on pixels and on spectra, by generator.
import { join } from 'node:path';
import { accuracyOf, aucOf, data, evaluated, groupAuc, markdown, point, trained } from './tools.mjs';

export const MODELS = ['logistic', 'ridge', 'lasso', 'elastic', 'log', 'log1', 'log2', 'log3', 'nn', 'cnn', 'resnet'];
/** Fewer than the published 50 where a pass takes minutes. */
const EPOCHS = { resnet: 3 };

export async function modelsTable(work, { only = MODELS } = {}) {
  const rows = [];
  let names = [];
  for (const model of only)
    for (const on of ['pixels', 'dct']) {
      const epochs = EPOCHS[model] ? { epochs: EPOCHS[model] } : {};
      const { folder } = await trained(join(work, `${model}-${on}`), [data('bench')], { model, on, ...epochs });
      const [stored, jpeg] = await evaluated(folder, data('bench/test'), ['jpeg:90']);
      names = stored.groups.map(({ group }) => group);
      rows.push([`${model}, ${on}`, aucOf(stored), aucOf(jpeg), accuracyOf(stored), ...names.map(name => point(groupAuc(stored, name)))]);
    }
  return markdown(['model', 'AUC', 'AUC, jpeg:90', 'balanced accuracy', ...names], rows);
}
