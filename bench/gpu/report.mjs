// The result as a page for people; the same numbers stand in the JSON beside it.
const number = (value, digits = 0) => (value === undefined || !Number.isFinite(value) ? '' : value.toFixed(digits));
const percent = value => (value ? `${number(100 * value)} %` : '');
const goals = { elementwise: 0.7, transform: 0.5 };

export function table(rows) {
  const header = ['operation', 'kind', 'ms', 'GB/s', 'of copy', 'GFLOP/s', 'of peak', 'goal'];
  const line = row => {
    if (row.error) return [row.name, row.kind, row.error, '', '', '', '', ''];
    const goal = goals[row.kind];
    const verdict = goal ? (row.ofCopy >= goal ? `≥ ${percent(goal)} met` : `≥ ${percent(goal)} **missed**`) : '';
    return [
      row.name,
      row.kind,
      number(row.ms, 3),
      number(row.gbs),
      percent(row.ofCopy),
      row.flops ? number(row.gflops) : '',
      row.flops ? percent(row.ofPeak) : '',
      verdict,
    ];
  };
  const head = `| ${header.join(' | ')} |\n|${header.map((_, i) => (i < 2 || i === 7 ? '---|' : '---:|')).join('')}`;
  return [head, ...rows.map(row => `| ${line(row).join(' | ')} |`)].join('\n');
}

export function page({ machine, ceilings, conformance, transfers, benchmarks }) {
  const failed = conformance.failed.map(({ name, message }) => `- ${name}: ${message}`);
  const parts = [
    `# Kernels on a card, ${machine.date}`,
    `${machine.card}. Node ${machine.node}, ${machine.processor}, ${machine.cores} cores.`,
    `Kernels: PTX with sha256 ${machine.ptx}. Made by \`npm run gpu\`.`,
    `## Conformance\n\n${conformance.passed} passed, ${conformance.failed.length} failed, ${conformance.skipped.length} skipped.`,
    ...(failed.length ? [failed.join('\n')] : []),
    ...(conformance.skipped.length ? [conformance.skipped.map(name => `- skipped: ${name}`).join('\n')] : []),
  ];
  if (ceilings) {
    parts.push(
      `## Ceilings, measured\n\nCopy within the card ${number(ceilings.copy / 1e9)} GB/s (bytes read and written); fused float32 ${number(ceilings.fused / 1e12, 1)} TFLOP/s.`,
      `Upload ${number(transfers.upload / 1e9, 1)} GB/s, download ${number(transfers.download / 1e9, 1)} GB/s, of ${transfers.bytes / 2 ** 20} MiB from and to JavaScript's memory.`,
    );
  }
  for (const { title, rows } of benchmarks) parts.push(`## ${title}\n\n${table(rows)}`);
  parts.push(
    'GB/s count each input and each result once: what an operation moves beside that is its own loss. Times are medians, the queue of calls included.',
  );
  return `${parts.join('\n\n')}\n`;
}
