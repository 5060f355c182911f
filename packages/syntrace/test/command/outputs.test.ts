import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { decode } from '@syntrace/image-io';
import { describe, expect, it } from 'vitest';
import { linesOf, syntrace, untimed } from './command.js';
import { fixture, generatedPng, makeTree, photoPng, pluginSource } from './files.js';

const pictures = async () =>
  makeTree({
    'a.png': await photoPng(1),
    'b, "quoted".png': await generatedPng(2),
    'c.jpg': fixture('refused/text.jpg'),
    'd/small.png': await photoPng(3, 100),
    'd/notes.txt': 'not counted as a picture',
  });
const ORDER = ['a.png', 'b, "quoted".png', 'c.jpg', 'small.png'];

describe('detect', () => {
  it('--ndjson: the fields of the contract, one line an input, in order', async () => {
    const root = await pictures();
    const { code, stdout, stderr } = await syntrace(['detect', root, '--ndjson']);
    const lines = linesOf(stdout);
    expect(code).toBe(1);
    expect(lines.map(line => basename(line.path))).toEqual(ORDER);
    const [judged, , failed, small] = lines;
    expect(judged).toEqual({
      path: `${root}/a.png`,
      width: 160,
      height: 160,
      verdict: expect.stringMatching(/^(real|synthetic|inconclusive)$/),
      probability: expect.any(Number),
      score: expect.any(Number),
      threshold: expect.any(Number),
      realShare: expect.any(Number),
      detectors: expect.arrayContaining([
        expect.objectContaining({ id: 'frequency', version: expect.any(String), score: expect.any(Number), ms: expect.any(Number) }),
      ]),
      warnings: expect.any(Array),
    });
    expect(failed).toEqual({
      path: `${root}/c.jpg`,
      error: { code: 'IMAGE_FORMAT_UNKNOWN', message: expect.stringContaining('c.jpg'), hint: expect.stringMatching(/./) },
    });
    expect(small).toMatchObject({ verdict: 'inconclusive', score: null, probability: null, threshold: null, realShare: null });
    expect(small!.warnings!.map(({ code }) => code)).toEqual([
      'IMAGE_TOO_SMALL',
      'IMAGE_TOO_SMALL',
      expect.stringContaining('PROVENANCE'),
      'ENSEMBLE_ABSTAINED',
    ]);
    expect(stdout).not.toContain('NaN');
    expect(stderr).toMatch(/3 judged in .* 1 could not be judged · 1 other files skipped/);
  });

  it('--json and --csv say the same', async () => {
    const root = await pictures();
    const [ndjson, json, csv] = await Promise.all(['--ndjson', '--json', '--csv'].map(format => syntrace(['detect', root, format])));
    expect([ndjson!.code, json!.code, csv!.code]).toEqual([1, 1, 1]);
    const lines = linesOf(ndjson!.stdout);
    expect(untimed(JSON.parse(json!.stdout))).toEqual(untimed(lines));
    const [head, ...rows] = csvOf(csv!.stdout);
    expect(head).toEqual(['path', 'width', 'height', 'verdict', 'probability', 'score', 'threshold', 'real_share', 'error_code', 'error_message']);
    const text = (value: unknown) => (value === null || value === undefined ? '' : String(value));
    expect(rows).toEqual(
      lines.map(({ path, width, height, verdict, probability, score, threshold, realShare, error }) =>
        [path, width, height, verdict, probability, score, threshold, realShare, error?.code, error?.message].map(text),
      ),
    );
  });

  it('table: plain text where there is no terminal, results on stdout, the rest on stderr', async () => {
    const root = await pictures();
    const { stdout, stderr } = await syntrace(['detect', root]);
    expect(stdout + stderr).not.toContain('\x1b');
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^verdict +probability +score +as high on real photos +file$/);
    expect(rows.map(row => row.split(/ {2,}/)[0])).toEqual([
      expect.stringMatching(/real|synthetic|inconclusive/),
      expect.stringMatching(/real|synthetic|inconclusive/),
      'not judged',
      'inconclusive',
    ]);
    expect(rows[2]).toMatch(/IMAGE_FORMAT_UNKNOWN .*c\.jpg is not a picture/);
    expect(rows[3]).toMatch(/small\.png +\(.*100×100.*at least 128×128\)$/);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('--threshold decides anew, and never on an abstention', async () => {
    const root = await pictures();
    for (const [threshold, verdict] of [
      ['-1000', 'synthetic'],
      ['1e3', 'real'],
    ]) {
      const lines = linesOf((await syntrace(['detect', root, '--ndjson', '--threshold', threshold!])).stdout);
      expect(lines.map(line => line.verdict)).toEqual([verdict, verdict, undefined, 'inconclusive']);
      expect(lines.map(line => line.threshold)).toEqual([Number(threshold), Number(threshold), undefined, null]);
    }
    expect((await syntrace(['detect', root, '--threshold', 'high'])).code).toBe(2);
  });

  it('--report and --explain make their folders, and every picture can be drawn', async () => {
    const root = await pictures();
    const [report, explain] = [`${root}/out/page/report.html`, `${root}/out/evidence`];
    const { code, stderr } = await syntrace([
      'detect',
      `${root}/a.png`,
      `${root}/d/small.png`,
      `${root}/c.jpg`,
      '--detector',
      'frequency',
      '--report',
      report,
      '--explain',
      explain,
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain(`report: ${report} · evidence: ${explain}`);
    const page = readFileSync(report, 'utf8');
    for (const word of ['a.png', 'small.png', 'c.jpg', 'IMAGE_FORMAT_UNKNOWN', 'data:image/webp;base64,']) expect(page).toContain(word);
    const names = readdirSync(explain).sort();
    expect(names).toEqual(['difference', 'push', 'spectrum', 'where'].map(name => `0001-a.png.frequency.${name}.png`));
    for (const name of names) {
      // Spectra are drawn at one size, what lies over the picture at its own.
      const side = name.includes('.where.') ? 160 : 256;
      expect(await decode(`${explain}/${name}`)).toMatchObject({ width: side, height: side });
    }
  });

  it.each([['--report'], ['--explain'], ['--resume']])('%s to where nothing can be written ends before the work, with 2', async option => {
    const root = await pictures();
    const { code, stdout, stderr } = await syntrace(['detect', root, option, `${root}/a.png/x/y`]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^USAGE .*a\.png/);
  });

  it('ends in silence when its reader goes away', async () => {
    const picture = await photoPng(1, 32);
    const root = makeTree({
      ...Object.fromEntries(Array.from({ length: 24 }, (_, i) => [`in/${i}.png`, picture] as const)),
      'plugin.mjs': pluginSource({ ms: 120 }),
    });
    const args = ['detect', 'in', '--ndjson', '--plugin', './plugin.mjs', '--detector', 'first-sample'];
    const { code, stderr } = await syntrace(args, { cwd: root, onOutput: (_, child) => child.stdout.destroy() });
    expect([code, stderr]).toEqual([141, '']);
  });
});

describe('inputs', () => {
  it('standard input, files, folders and patterns, in the order given', async () => {
    const root = makeTree({ 'x/1.png': await photoPng(1), 'x/y/2.png': await photoPng(2), 'x/y/3.jpg': await photoPng(3), 'z[1].png': await photoPng(4) });
    const { code, stdout } = await syntrace(['detect', 'z[1].png', '-', 'x/**/*.png', 'x/y', '--ndjson'], { cwd: root, input: await photoPng(5) });
    expect(code).toBe(0);
    expect(linesOf(stdout).map(line => line.path)).toEqual(['z[1].png', '-', 'x/1.png', 'x/y/2.png', 'x/y/2.png', 'x/y/3.jpg']);
  });

  it('a pattern that matches nothing is an input that fails', async () => {
    const root = makeTree({ '1.png': await photoPng(1) });
    const { code, stdout } = await syntrace(['detect', `${root}/1.png`, `${root}/*.webp`, '--ndjson']);
    expect(code).toBe(1);
    expect(linesOf(stdout)[1]).toMatchObject({
      path: `${root}/*.webp`,
      error: { code: 'IMAGE_UNREADABLE', message: expect.stringContaining('no file matches') },
    });
  });

  it('an empty standard input fails with its name', async () => {
    const { code, stdout } = await syntrace(['detect', '-', '--ndjson'], { input: new Uint8Array() });
    expect(code).toBe(1);
    expect(linesOf(stdout)).toMatchObject([{ path: '-', error: { code: 'IMAGE_EMPTY' } }]);
  });

  it('a folder without pictures is wrong use', async () => {
    const { code, stderr } = await syntrace(['detect', makeTree({ 'notes.txt': '' })]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/no pictures in .*\(1 other files\)/);
  });

  it('addresses are fetched only when allowed, and never from this machine', async () => {
    const address = 'http://127.0.0.1:9/a.png';
    for (const more of [[], ['--allow-http']]) {
      const { code, stdout } = await syntrace(['detect', address, '--ndjson', ...more]);
      expect(code).toBe(1);
      expect(linesOf(stdout)).toMatchObject([{ path: address, error: { code: 'IMAGE_HTTP_REFUSED' } }]);
    }
  });

  it('--max-pixels and --max-bytes refuse before decoding', async () => {
    const root = makeTree({ 'a.png': await photoPng(1) });
    for (const limit of ['--max-pixels', '--max-bytes']) {
      const { code, stdout } = await syntrace(['detect', root, '--ndjson', limit, '100']);
      expect(code).toBe(1);
      expect(linesOf(stdout)).toMatchObject([{ error: { code: 'IMAGE_TOO_LARGE', hint: expect.stringContaining(limit) } }]);
    }
  });
});

/** Rows of quoted CSV. */
function csvOf(text: string): string[][] {
  const rows = text.trimEnd().split('\n');
  return rows.map(row => [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''));
}
