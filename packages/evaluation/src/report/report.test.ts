import { describe, expect, it } from 'vitest';
import { referenceCases, rowOf } from '../../test/reference.js';
import { evaluate } from '../evaluate.js';
import { type ClassFiles, fileCollector } from '../files.js';
import { roundTicks } from './plot-area.js';
import { evaluationReport } from './report.js';

function filesOf(real: string, synthetic: string): ClassFiles {
  const files = fileCollector();
  const add = (label: 0 | 1, format: string) => files.add(label, { width: 256, height: 256, source: { format: format as 'png', bytes: 1000, jpeg: null } });
  for (let i = 0; i < 20; i++) {
    add(0, real);
    add(1, synthetic);
  }
  return files.summary();
}

const [, reference] = referenceCases.find(([name]) => name.startsWith('a group without'))!;
const result = evaluate(reference.rows, { name: 'reference', resamples: 20, files: filesOf('png', 'png'), failed: 3 });
const idsIn = (page: string) => [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);

describe('the page', () => {
  const page = evaluationReport([result, { ...result, name: 'again' }]);

  it('fetches nothing, runs nothing, and says so to the browser', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|https?:\/\//);
  });

  it('says first whether the set is fair', () => {
    expect(page.indexOf('share formats, sizes and compression')).toBeGreaterThan(0);
    expect(page.indexOf('share formats, sizes and compression')).toBeLessThan(page.indexOf('<table'));
    const biased = evaluationReport([{ ...result, files: filesOf('jpeg', 'png') }]);
    expect(biased).toMatch(/class="statement differs"[\s\S]*differ in their formats: figures below may measure that/);
    expect(evaluationReport([{ ...result, files: null }])).toContain('was not recorded');
  });

  it('says each conclusion once, and which evaluations it is about when there are several sets', () => {
    const copies = ['jpeg:90', 'jpeg:50'].map(name => ({ ...result, name, files: filesOf(name, name) }));
    const several = evaluationReport([result, ...copies, { ...result, name: 'biased', files: filesOf('png', 'jpeg') }]);
    expect(several.match(/class="statement/g)).toHaveLength(2);
    expect(several).toMatch(
      /share formats, sizes and compression[^<]*<\/p><p><b>reference<\/b> Real: 20 files; png[^<]*<\/p><p><b>jpeg:90<\/b> Real: 20 files; jpeg:90[^<]*<\/p><p><b>jpeg:50<\/b>/,
    );
    expect(several).toMatch(/differ in their formats[^<]*<\/p><p><b>biased<\/b>/);
    expect(page).not.toContain('<b>reference</b>');
  });

  it('folds what would make the page long', () => {
    const many = Array.from({ length: 6 }, (_, i) => ({ ...result, name: `jpeg:${i}`, files: filesOf(`f${i}`, `f${i}`) }));
    const long = evaluationReport(many);
    expect(long.match(/<details><summary><h2/g)).toHaveLength(2);
    expect(long).toMatch(/<summary>3 more conditions<\/summary><p><b>jpeg:3<\/b>/);
    expect(evaluationReport(many.slice(0, 3))).not.toContain('<details');
  });

  it('has every figure of the table, with its interval', () => {
    for (const name of ['auc', 'f1', 'brier'] as const) {
      const { value, low, high } = result.pooled.metrics[name]!;
      expect(page).toContain(`${value.toFixed(3)}<span class="interval">${low!.toFixed(3)}–${high!.toFixed(3)}</span>`);
    }
    expect(page).toContain('3 pictures could not be judged and are in no figure.');
    expect(page).toMatch(/\d+ inconclusive<\/span><span class="interval">\d+ abstained/);
  });

  it('names each generator once, over its two rows', () => {
    expect(page.match(/rowspan="2">alpha</g)).toHaveLength(2);
    // beta has no real pictures of its own, gamma no synthetic ones.
    expect(page.match(/rowspan="1">beta</g)).toHaveLength(2);
    expect(page).not.toContain('>gamma<');
  });

  it('draws four charts with words for those who cannot see them, and no id twice', () => {
    expect(page.match(/<svg /g)).toHaveLength(8);
    const ids = idsIn(page);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, names] of page.matchAll(/aria-labelledby="([^"]+)"/g)) for (const id of names!.split(' ')) expect(ids).toContain(id);
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('adds no markup of what comes from outside', () => {
    const hostile = `<script>alert(1)</script>"'&`;
    const named = evaluationReport([evaluate([rowOf(0, 0, { group: hostile }), rowOf(1, 1, { group: hostile })], { name: hostile, resamples: 0 })]);
    const harmless = evaluationReport([evaluate([rowOf(0, 0, { group: 'x/x' }), rowOf(1, 1, { group: 'x/x' })], { name: 'x/x', resamples: 0 })]);
    for (const mark of ['<', '>', '"']) expect(named.split(mark).length, mark).toBe(harmless.split(mark).length);
  });

  it('can be made of next to nothing: one class, no score, no result', () => {
    const one = evaluationReport([evaluate([rowOf(1, null)], { name: 'abstained', resamples: 10 })]);
    expect(one).not.toContain('<svg');
    expect(one).not.toMatch(/NaN|Infinity|undefined/);
    expect(evaluationReport([])).toContain('<h1>Syntrace evaluation</h1>');
  });
});

it.each([
  [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [-9.3, 16.4, [0, 10]],
  [0, 0.227, [0, 0.05, 0.1, 0.15, 0.2]],
  [1.5, 2.5, [1.6, 1.8, 2, 2.2, 2.4]],
])('round ticks from %d to %d', (low, high, expected) => {
  expect(roundTicks(low, high)).toEqual(expected.map(tick => expect.closeTo(tick, 9)));
});

describe('robustness', () => {
  const at = (perturbation: { kind: string; strength: number } | null) => ({
    ...result,
    name: JSON.stringify(perturbation),
    condition: { series: '', perturbation },
  });
  const page = evaluationReport([at(null), ...[95, 50, 75].map(strength => at({ kind: 'jpeg', strength })), at({ kind: 'blur', strength: 1 })]);

  it('draws a curve for each kind, strengths in order', () => {
    const titles = [...page.matchAll(/<title id="robustness-\d-title">([^<]+)/g)].map(([, title]) => title);
    expect(titles).toEqual(['JPEG quality', 'deviation of the Gaussian, samples']);
    expect(page).toMatch(/AUC 0\.\d+ at 50, 0\.\d+ at 75, 0\.\d+ at 95; 0\.\d+ as stored/);
  });

  it('is not there without perturbations', () => {
    expect(evaluationReport([at(null)])).not.toContain('Robustness');
  });
});
