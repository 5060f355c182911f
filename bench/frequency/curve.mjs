// AUC over the number of training pictures.
import { join } from 'node:path';
import { aucOf, data, evaluated, markdown, trained } from './tools.mjs';

const AMOUNTS = [50, 150, 0];

export async function curveTable(work) {
  const rows = [];
  for (const amount of AMOUNTS) {
    const cells = [];
    let pictures = amount;
    for (const on of ['pixels', 'dct']) {
      const { folder, card } = await trained(join(work, `ridge-${on}${amount ? `-${amount}` : ''}`), [data('bench')], { model: 'ridge', on, amount });
      pictures = card.training.pictures;
      const [stored] = await evaluated(folder, data('bench/test'));
      cells.push(aucOf(stored));
    }
    rows.push([pictures, ...cells]);
  }
  return markdown(['training pictures', 'AUC, ridge on pixels', 'AUC, ridge on spectra'], rows);
}
