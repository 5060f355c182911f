import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { shareSentence } from './card.js';
import { renderReport } from './render-report.js';
import { entryOf, failedEntry, PIXEL, pictureOf, summaryOf } from './test-entries.js';

const HOSTILE = `<script>alert("1")</script>'"><img src=x onerror=alert(2)>\u0000`;

describe('what comes from outside', () => {
  it('adds no element and no attribute, wherever it stands', () => {
    const row = {
      path: HOSTILE,
      detectors: [
        { id: HOSTILE, version: HOSTILE, score: 1, probability: null, ms: 1 },
        { id: HOSTILE, version: HOSTILE, score: null, probability: null, ms: 1, reason: HOSTILE },
      ],
      warnings: [{ code: HOSTILE, message: HOSTILE }],
    };
    const picture = pictureOf({ title: HOSTILE, description: HOSTILE, scale: { low: HOSTILE, high: HOSTILE } });
    const failed = failedEntry({ path: HOSTILE, error: { code: HOSTILE, message: HOSTILE, hint: HOSTILE } });
    const summary = summaryOf({ title: HOSTILE, created: HOSTILE, backend: HOSTILE, detectors: [{ id: HOSTILE, version: HOSTILE, description: HOSTILE }] });
    const page = renderReport([entryOf(row, { thumbnail: picture, explanations: [picture] }), failed], summary);
    const harmless = renderReport(
      [
        entryOf(
          {
            path: 'x',
            detectors: [
              { id: 'x', version: 'x', score: 1, probability: null, ms: 1 },
              { id: 'x', version: 'x', score: null, probability: null, ms: 1, reason: 'x' },
            ],
            warnings: [{ code: 'x', message: 'x' }],
          },
          { thumbnail: pictureOf({ title: 'x' }), explanations: [pictureOf({ title: 'x', description: 'x', scale: { low: 'x', high: 'x' } })] },
        ),
        failedEntry({ path: 'x', error: { code: 'x', message: 'x', hint: 'x' } }),
      ],
      summaryOf({ title: 'x', created: 'x', backend: 'x', detectors: [{ id: 'x', version: 'x', description: 'x' }] }),
    );
    expect(page).not.toContain('<img src=x');
    expect(page).not.toContain('\u0000');
    for (const mark of ['<', '>', '"']) expect(page.split(mark).length, mark).toBe(harmless.split(mark).length);
  });

  it('is left out when a picture is not inside the page', () => {
    const outside = pictureOf({ title: 'Fetched', url: 'https://example.org/a.png' });
    const page = renderReport([entryOf({}, { thumbnail: outside, explanations: [outside, pictureOf({ url: 'data:text/html,x' })] })], summaryOf());
    expect(page).not.toContain('example.org');
    expect(page).not.toContain('text/html,');
    expect(page).toContain('no preview');
  });
});

describe('the page', () => {
  const page = renderReport(
    [entryOf({}, { thumbnail: pictureOf(), explanations: [pictureOf({ scale: { low: 'weak', high: 'strong' } })] }), failedEntry()],
    summaryOf({ failed: 1 }),
  );

  it('fetches nothing and runs only its own script', () => {
    expect(page).not.toMatch(/(?:src|href)\s*=\s*["']?(?:https?:)?\/\//i);
    expect(page).not.toMatch(/@import|url\(/);
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)![1]!;
    expect(page).toContain(`script-src &#39;sha256-${createHash('sha256').update(script).digest('base64')}&#39;`);
    expect(page).toContain('default-src &#39;none&#39;');
  });

  it('shows verdict, probability, score, threshold, share, detectors and pictures', () => {
    for (const text of [
      'Synthetic',
      '93 %',
      '2.5',
      'threshold 0.4',
      'A score this high on 1.2 % of real photographs.',
      '640 × 480',
      '12.3 ms',
      '1.2.3',
      'Mean log DCT spectrum.',
      'weak',
      'strong',
    ])
      expect(page).toContain(text);
    expect(page.split(PIXEL).length).toBe(3);
  });

  it('shows a failed file with code, message and hint', () => {
    for (const text of ['Not judged', 'IMAGE_EMPTY', 'b.png is empty (0 bytes)', 'Fetch the file again.']) expect(page).toContain(text);
  });

  it('says how many results it leaves out', () => {
    expect(page).not.toContain('left out');
    expect(renderReport([], summaryOf({ omitted: 1200 }))).toContain('1,200 results left out');
  });

  it('unfolds the evidence of a few pictures and folds that of many', () => {
    const many = renderReport(
      Array.from({ length: 31 }, () => entryOf()),
      summaryOf(),
    );
    expect(page).toContain('<details class="evidence" open>');
    expect(many).not.toContain('<details class="evidence" open>');
  });

  it('never prints NaN, undefined or null for an abstention', () => {
    const abstained = entryOf({
      verdict: 'inconclusive',
      score: null,
      probability: null,
      threshold: null,
      realShare: null,
      detectors: [{ id: 'f', version: '1.0.0', score: null, probability: null, ms: 0 }],
    });
    const body = renderReport([abstained], summaryOf()).replace(/<script>[\s\S]*<\/script>/, '');
    expect(body).toContain('abstained');
    expect(body).not.toMatch(/NaN|undefined|>null|Infinity/);
  });
});

it.each([
  [{ score: 1, realShare: 0 }, 'A score this high on none of the real photographs that were measured.'],
  [{ score: 1, realShare: 0.0002 }, 'A score this high on less than 0.1 % of real photographs.'],
  [{ score: 1, realShare: null }, 'How often real photographs score this high is not known.'],
  [{ score: null, realShare: null }, 'The detectors abstained on this picture.'],
])('%o: %s', (row, sentence) => expect(shareSentence(row)).toBe(sentence));
