import type { DetectRow } from '../rows.js';
import type { ReportEntry } from './entry.js';
import { numberText, percentText } from './format.js';
import { type Html, html } from './html.js';

/** Ends of the score axis; all cards of a page share it, so that marks can be compared. */
export interface ScoreRange {
  readonly low: number;
  readonly high: number;
}

/** From the lowest to the highest score or threshold on the page, with a twentieth of room on both sides; `null` without scores. */
export function scoreRange(entries: readonly ReportEntry[]): ScoreRange | null {
  const rows = entries.flatMap(({ row }) => ('error' in row || row.score === null ? [] : [row]));
  const values = rows.flatMap(row => (row.threshold === null ? [row.score!] : [row.score!, row.threshold]));
  if (values.length === 0) return null;
  const [low, high] = values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
  const room = high > low ? (high - low) / 20 : 1;
  return { low: low - room, high: high + room };
}

const percent = (share: number): string => `${Number((Math.min(1, Math.max(0, share)) * 100).toFixed(2))}%`;

/** Probability as a filled bar from 0 to 100 %. */
export function probabilityBar({ probability }: Pick<DetectRow, 'probability'>): Html {
  const words = probability === null ? 'not calibrated' : percentText(probability);
  const fill = probability !== null && html`<span class="fill" style="width:${percent(probability)}"></span>`;
  return measure('Probability of synthetic', words, html`<span class="track${probability === null && ' empty'}" aria-hidden="true">${fill}</span>`);
}

/** The score as a dot on the page's axis, the threshold as a line: right of it, the side of `synthetic` is tinted. */
export function scoreBar({ score, threshold }: Pick<DetectRow, 'score' | 'threshold'>, range: ScoreRange | null): Html {
  if (score === null || !range) return measure('Score', 'none', html`<span class="track empty" aria-hidden="true"></span>`);
  const at = (value: number): string => percent((value - range.low) / (range.high - range.low));
  const line =
    threshold !== null && html`<span class="beyond" style="left:${at(threshold)}"></span><span class="threshold" style="left:${at(threshold)}"></span>`;
  const words = html`${numberText(score)}${threshold !== null && html` <span class="quiet">threshold ${numberText(threshold)}</span>`}`;
  return measure('Score', words, html`<span class="track axis" aria-hidden="true">${line}<span class="dot" style="left:${at(score)}"></span></span>`);
}

const measure = (name: string, words: Html | string, track: Html): Html =>
  html`<div class="measure"><dt>${name}</dt><dd><span class="value">${words}</span>${track}</dd></div>`;
