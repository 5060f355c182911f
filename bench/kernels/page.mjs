/** The page of figures: `docs/performance.md`, and what the command prints. */
export function page({ command, machine, rounds, threads, clock, versions, missing, rows, goals }) {
  const parts = [
    '# Performance of the kernels',
    '<!-- Written by `npm run bench -- --docs`. -->',
    `${machine.text}. Made by \`${command}\` (\`bench/run.mjs\`): every contestant in processes of its own, taken in turn, ${rounds} rounds, the best time of each kernel; all pairs of a collection once.${clock === 'cpu' ? ' The machine was busy: rows of one thread are its time on a processor, rows of more are the wall clock and rough.' : ''} Thread counts are equal in a table. Ratios are speeds: above 1 the first of the two is faster.`,
    Object.entries(versions)
      .map(([name, detail]) => `- ${name}: ${detail}`)
      .join('\n'),
    ...Object.entries(missing).map(([name, reason]) => `**Not run: ${name}** (${reason}).`),
    '## Goals',
    goalTable(goals),
    missedOf(goals),
    ...threads.flatMap(count => tables(count, rows)),
    '## Against the ceilings of the machine',
    'Bytes count each input and each result once. *Of copy*: share of what a memory copy of about as many bytes reaches on as many threads. *Of product*: share of the operations a second of a float32 product of matrices in NumPy (1024², OpenBLAS).',
    ...threads.map(count => rooflineTable(count, rows)),
    'Figures of cards: [`bench/results`](../bench/results). Exactness: [conformance](conformance.md).',
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

const number = (value, digits = 3) => (value === undefined ? '' : value.toFixed(digits));
const milliseconds = value => (value === undefined ? '' : value >= 1000 ? value.toFixed(0) : value.toPrecision(3));
const times = value => (value === undefined ? '' : `${value >= 100 ? value.toFixed(0) : value.toFixed(2)}×`);
const percent = value => (value === undefined ? '' : `${(100 * value).toFixed(0)} %`);

function table(head, lines) {
  return [`| ${head.join(' | ')} |`, `|${head.map((_, i) => (i === 0 ? '---|' : '---:|')).join('')}`, ...lines.map(line => `| ${line.join(' | ')} |`)].join(
    '\n',
  );
}

function goalTable(goals) {
  const shown = (value, unit) => (unit === 'share' ? percent(value) : times(value));
  return table(
    ['goal', 'at least', 'measured', 'met'],
    goals.map(({ what, least, unit, from, to, count, missed }) => [
      what,
      shown(least, unit),
      count === 1 ? shown(from, unit) : `${shown(from, unit)} to ${shown(to, unit)}`,
      missed.length === 0 ? 'yes' : missed.length === count ? 'no' : `${count - missed.length} of ${count}`,
    ]),
  );
}

function missedOf(goals) {
  const lines = goals.flatMap(({ what, unit, missed }) => {
    // Kernels that the same holds back stand in one line.
    const byLimit = Map.groupBy(missed, ({ limit }) => limit ?? 'The limit is not known yet.');
    return [...byLimit].map(([limit, kernels]) => {
      const figures = kernels.map(({ kernel, value }) => `${kernel} ${unit === 'share' ? percent(value) : times(value)}`);
      return `- ${what}: ${figures.join(', ')}. ${limit}`;
    });
  });
  return lines.length > 0 ? `Missed, and what the limit is:\n\n${lines.join('\n')}` : '';
}

function tables(count, all) {
  const rows = all.filter(row => row.threads === count);
  const one = count === 1;
  const head = ['ms', 'native', ...(one ? ['WASM'] : []), 'Python peer', ...(one ? ['best JavaScript library'] : []), 'native : Python'];
  head.push(...(one ? ['WASM : native', 'WASM : library'] : ['against one thread']));
  const lines = rows
    .filter(row => row.native !== undefined)
    .map(row => [
      row.kernel,
      milliseconds(row.native),
      ...(one ? [milliseconds(row.wasm)] : []),
      milliseconds(row.peer),
      ...(one ? [milliseconds(row.library)] : []),
      times(row.nativeAgainstPeer),
      ...(one ? [times(row.wasmAgainstNative), times(row.wasmAgainstLibrary)] : [times(row.nativeAgainstOneThread)]),
    ]);
  const perPair = rows
    .filter(row => row.perPair !== undefined)
    .map(
      row =>
        `Three transforms a pair in SciPy, scaled up from a part of the pairs: ${milliseconds(row.perPair)} ms for ${row.kernel}, ${times(row.nativeAgainstPerPair)}.`,
    );
  return [`## ${one ? 'One thread' : `${count} threads`}`, table(head, lines), ...perPair];
}

function rooflineTable(count, all) {
  const rows = all.filter(row => row.threads === count && (row.gigabytes !== undefined || row.gigaflops !== undefined));
  return table(
    [`${count} thread${count > 1 ? 's' : ''}`, 'GB/s', 'of copy', 'GFLOP/s', 'of product'],
    rows.map(row => [row.kernel, number(row.gigabytes, 1), percent(row.ofCopy), number(row.gigaflops, 1), percent(row.ofProduct)]),
  );
}
