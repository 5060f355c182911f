// Which generator: the confusion matrix of classifiers of several classes.
import { join } from 'node:path';
import { data, markdown, syntrace, trained } from './tools.mjs';

const MODELS = [
  { model: 'ridge', on: 'pixels' },
  { model: 'ridge', on: 'dct' },
];

export async function attributionTable(work) {
  const parts = [];
  for (const options of MODELS) {
    const { folder } = await trained(join(work, `which-${options.model}-${options.on}`), [data('bench')], { ...options, classes: 'generators' });
    const { classes, counts, accuracy, judged } = JSON.parse(await syntrace('frequency', 'test', data('bench/test'), '--weights', folder, '--json'));
    const rows = counts.map((row, i) => [classes[i], ...row]);
    const recalls = counts.map((row, i) => row[i] / row.reduce((a, b) => a + b, 0));
    const mean = recalls.reduce((a, b) => a + b, 0) / recalls.length;
    const title = `\`${options.model}\` on ${options.on === 'dct' ? 'spectra' : 'pixels'}: accuracy ${accuracy.toFixed(2)} on ${judged} pictures, mean recall of the ${classes.length} classes ${mean.toFixed(2)}. Rows: what it is.`;
    parts.push(`${title}\n\n${markdown(['', ...classes], rows)}`);
  }
  return parts.join('\n\n');
}
