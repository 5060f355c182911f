import { type BiasStatement, biasStatement } from '../files.js';
import type { EvaluationResult } from '../result.js';
import { attributionTable } from './attribution.js';
import { auditSection, type SetAudit } from './audit.js';
import { calibrationChart, histogramChart, precisionRecallChart, rocChart } from './charts.js';
import { Html, html } from './html.js';
import { robustnessCharts } from './robustness.js';
import { STYLE } from './style.js';
import { generatorTable, overview } from './tables.js';

/** One page that opens offline and fetches nothing: whether the test set is fair first, then tables, curves and histograms. */
export function evaluationReport(results: readonly EvaluationResult[], audit?: SetAudit): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Syntrace evaluation</title>
<style>${STYLE_MARKUP}</style>
</head>
<body>
<header><h1>Syntrace evaluation</h1>${statements(results)}</header>
<main>
${auditSection(results, audit)}<section aria-label="Overview"><h2>Overview</h2>${overview(results)}</section>
${robustness(results)}${results.map(section)}
</main>
<footer>${footnotes(results)}</footer>
</body>
</html>
`;
  return page.text;
}

// The sheet is ours and holds no markup; escaping would break its quotes.
const STYLE_MARKUP = new Html(STYLE);

const NOT_RECORDED: BiasStatement = {
  alike: false,
  sentences: [
    'Whether real and synthetic files of this set share format and size was not recorded: figures below may measure that instead of generator traces.',
  ],
};

/** Sets that are described, and evaluations that are open, before a page would get long. */
const [SHOWN_FACTS, OPEN_SECTIONS] = [3, 4];

/** Each conclusion once, with the sets that it is about. */
function statements(results: readonly EvaluationResult[]): readonly Html[] {
  const sets = new Map<string, { readonly statement: BiasStatement; readonly names: string[] }>();
  for (const { files, name } of results) {
    const set = sets.get(JSON.stringify(files)) ?? { statement: files ? biasStatement(files) : NOT_RECORDED, names: [] };
    sets.set(JSON.stringify(files), set);
    set.names.push(name);
  }
  const conclusions = new Set([...sets.values()].map(({ statement }) => statement.sentences[0]!));
  return [...conclusions].map(conclusion => {
    const about = [...sets.values()].filter(({ statement }) => statement.sentences[0] === conclusion);
    const facts = about.map(
      ({ statement, names }) => html`<p>${sets.size > 1 ? html`<b>${names.join('; ')}</b> ` : null}${statement.sentences.slice(1).join(' ')}</p>`,
    );
    const rest = facts.slice(SHOWN_FACTS);
    const more = rest.length > 0 ? html`<details><summary>${rest.length} more conditions</summary>${rest}</details>` : null;
    return html`<div class="statement${about[0]!.statement.alike ? '' : ' differs'}" role="note"><p>${conclusion}</p>${facts.slice(0, SHOWN_FACTS)}${more}</div>`;
  });
}

function robustness(results: readonly EvaluationResult[]): Html | null {
  const charts = robustnessCharts(results);
  return charts.length > 0
    ? html`<section aria-labelledby="robustness"><h2 id="robustness">Robustness</h2><div class="charts">${charts}</div></section>
`
    : null;
}

function section(result: EvaluationResult, index: number): Html {
  const id = `evaluation-${index + 1}`;
  const charts = [
    rocChart(result, `${id}-roc`),
    precisionRecallChart(result, `${id}-pr`),
    histogramChart(result, `${id}-scores`),
    calibrationChart(result, `${id}-calibration`),
  ];
  const failed = result.failed > 0 ? html`<p>${result.failed} pictures could not be judged and are in no figure.</p>` : null;
  const content = html`${failed}${generatorTable(result)}${attributionTable(result)}<div class="charts">${charts}</div>`;
  const title = html`<h2 id="${id}">${result.name}</h2>`;
  return index < OPEN_SECTIONS
    ? html`<section aria-labelledby="${id}">${title}${content}</section>
`
    : html`<section aria-labelledby="${id}"><details><summary>${title}</summary>${content}</details></section>
`;
}

function footnotes(results: readonly EvaluationResult[]): Html {
  const bootstraps = [
    ...new Set(
      results.map(
        ({ bootstrap: { resamples, level, seed } }) =>
          `${100 * level} % percentile intervals of ${resamples} resamples within generator and class, seed ${seed}`,
      ),
    ),
  ];
  return html`<p>Accuracy, balanced accuracy and F1 are at the shipped threshold, over decided pictures only: inconclusive ones and those on which the detector abstained are counted as “not decided”.
EER and TPR at a share of false alarms are of the ranking, at thresholds of its own; AUC and AP are over all pictures with a score, ECE (15 bins) and Brier over all with a probability. Small figures below a value: ${bootstraps.join('; ')}. The circle in the ROC curve is the shipped threshold.</p>`;
}
