// Tables of docs/benchmark.md.
const two = value => (value === null || value === undefined ? '–' : value.toFixed(2));

export const interval = estimate => (estimate ? `${two(estimate.value)} (${two(estimate.low)}–${two(estimate.high)})` : '–');
export const table = (head, rows) => [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');

/** Wilson's interval of a share, 95 %. */
export function shareOf(part, whole) {
  if (whole === 0) return '–';
  const [p, z] = [part / whole, 1.96];
  const middle = (p + z ** 2 / (2 * whole)) / (1 + z ** 2 / whole);
  const half = (z / (1 + z ** 2 / whole)) * Math.sqrt((p * (1 - p)) / whole + z ** 2 / (4 * whole ** 2));
  const percent = value => `${Math.round(100 * Math.min(1, Math.max(0, value)))}`;
  return `${percent(p)} % (${percent(middle - half)}–${percent(middle + half)})`;
}

/** All pictures of each set together, a row a detector. */
export function pooledTable(set, entries) {
  const conditions = entries[0].results.map(({ name }) => name);
  const row = (name, results, of) => [name, ...results.map(each => interval(of(each)))];
  const auc = entries.map(({ name, results }) => row(name, results, each => each.pooled.metrics.auc));
  const shortcuts = (entries[0].results[0].shortcuts ?? []).map(({ id, label }) =>
    row(`*${label}*`, entries[0].results, each => each.shortcuts?.find(shortcut => shortcut.id === id)?.auc),
  );
  const accuracy = entries.map(({ name, results }) => row(name, results, each => each.pooled.metrics.balancedAccuracy));
  const classes = entries.map(({ name, results }) => [
    name,
    ...results.map(({ pooled: { metrics, coverage } }) => {
      const [real, synthetic, ece] = [metrics.realAccuracy, metrics.syntheticAccuracy, metrics.ece].map(each => two(each?.value));
      return `${real} / ${synthetic} / ${ece} / ${Math.round(100 * (1 - coverage))} %`;
    }),
  ]);
  return [
    `\`${set}/test\`, AUC:\n\n${table(['', ...conditions], [...auc, ...shortcuts])}`,
    `Balanced accuracy at the shipped threshold:\n\n${table(['', ...conditions], accuracy)}`,
    `Accuracy on real and on generated pictures, ECE, share left inconclusive:\n\n${table(['', ...conditions], classes)}`,
  ].join('\n\n');
}

/** Detector × generator: AUC against the generator's own photographs, one number a condition. */
export function generatorTable(set, entries, leftOut) {
  const groups = entries[0].results[0].groups.filter(({ own }) => own).map(({ group }) => group);
  const cell = (results, of) => results.map(each => two(of(each)?.value)).join(' / ');
  const own = group => each => each.groups.find(found => found.group === group)?.own?.metrics.auc;
  const left = ({ detector }, group) => (leftOut?.[detector]?.[set]?.[group] ? leftOut[detector][set][group].map(two).join(' / ') : '–');
  const known = entries.filter(({ detector }) => leftOut?.[detector]?.[set]);
  const rows = groups.map(group => [
    group,
    ...entries[0].results.slice(0, 1).map(each => {
      const { real, synthetic } = each.groups.find(found => found.group === group).own.counts;
      return `${real} + ${synthetic}`;
    }),
    ...entries.map(({ results }) => cell(results, own(group))),
    ...known.map(entry => left(entry, group)),
  ]);
  const mean = ['**mean**', '', ...entries.map(({ results }) => cell(results, each => each.mean.own.metrics.auc)), ...known.map(() => '')];
  const head = ['generator', 'real + fake', ...entries.map(({ name }) => name), ...known.map(({ name }) => `${name}, not trained on it`)];
  return `\`${set}/test\`:\n\n${table(head, [...rows, mean])}`;
}
