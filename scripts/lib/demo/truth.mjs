// The demo's answers against what is known of its pictures.
import { basename } from 'node:path';

/** One row for each picture of the manifest: its name, truth, verdict, score, and how it was made. */
export function compareWithTruth(manifest, answers) {
  return manifest.pictures.map(entry => {
    const answer = answers.get(basename(entry.file));
    const verdict = answer?.verdict ?? 'not judged';
    const outcome = verdict === entry.truth ? 'right' : verdict === 'inconclusive' ? 'inconclusive' : verdict === 'not judged' ? 'not judged' : 'wrong';
    return {
      file: basename(entry.file),
      truth: entry.truth,
      verdict,
      outcome,
      score: answer?.score ?? null,
      made: [entry.generator?.name, entry.generator?.upsampling].filter(Boolean).join(', '),
    };
  });
}

/** The sum in words: totals for each truth, then every mistake and every open verdict by name. */
export function tally(rows) {
  const lines = [''];
  for (const truth of ['real', 'synthetic']) {
    const ours = rows.filter(row => row.truth === truth);
    const count = outcome => ours.filter(row => row.outcome === outcome).length;
    const open = count('inconclusive') + count('not judged');
    lines.push(
      `${truth === 'real' ? 'photographs' : 'generated'}: ${count('right')} of ${ours.length} right, ${count('wrong')} wrong, ${open} inconclusive or not judged`,
    );
  }
  for (const row of rows.filter(({ outcome }) => outcome !== 'right')) {
    const what = row.outcome === 'wrong' ? 'MISTAKE' : row.outcome;
    lines.push(
      `  ${what}: ${row.file} is ${row.truth}${row.made ? ` (${row.made})` : ''}, said ${row.verdict}${row.score === null ? '' : `, score ${row.score.toFixed(3)}`}`,
    );
  }
  return lines;
}
