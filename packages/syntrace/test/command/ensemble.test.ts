import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Line, linesOf, syntrace } from './command.js';
import { generatedPng, makeTree, photoPng, pluginSource } from './files.js';

/** Two generators with val and test pictures, and a plugin whose detector knows nothing. */
async function project(): Promise<string> {
  const files = await Promise.all(
    ['val', 'test'].flatMap((split, s) =>
      ['a', 'b'].flatMap((group, g) =>
        [1, 2, 3, 4].flatMap(i => [
          photoPng(100 * s + 10 * g + i, 128).then(bytes => [`data/${split}/${group}/0_real/${i}.png`, bytes] as const),
          generatedPng(1000 + 100 * s + 10 * g + i, 128).then(bytes => [`data/${split}/${group}/1_fake/${i}.png`, bytes] as const),
        ]),
      ),
    ),
  );
  return makeTree({ ...Object.fromEntries(files), 'plugin.mjs': pluginSource() });
}

const json = (root: string, file: string) => JSON.parse(readFileSync(`${root}/${file}`, 'utf8'));
const added = ({ detectors }: Line) => detectors?.map(each => (each as { added?: number }).added);

describe('ensemble fit', () => {
  it('fits on val, names it, and gives an ensemble that detect, eval and calibrate take', async () => {
    const root = await project();
    const members = ['--plugin', './plugin.mjs', '--detector', 'frequency', '--detector', 'first-sample'];
    const fit = await syntrace(['ensemble', 'fit', 'data', ...members, '--method', 'stacker', '--cache', 'kept', '--alpha', '0.2', '--out', 'both.json'], {
      cwd: root,
    });
    expect(fit.code, fit.stderr).toBe(0);
    expect(fit.stderr).toMatch(/frequency -?\d\.\d{3}, first-sample -?\d\.\d{3}\ncalibration: slope .*\n[\s\S]*wrote both\.json/);
    const spec = json(root, 'both.json');
    expect(spec).toMatchObject({ format: 1, id: 'ensemble', combine: { method: 'stacker' }, calibration: { method: 'platt' } });
    expect(spec.fitted.data).toEqual([
      { name: 'data', split: 'val', conditions: ['as stored'], real: 8, synthetic: 8, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    const detect = ['detect', 'data/test/a/1_fake/1.png', '--plugin', './plugin.mjs', '--ensemble', 'both.json'];
    const judged = await syntrace([...detect, '--ndjson', '--explain', 'evidence', '--report', 'report.html'], { cwd: root });
    const [line] = linesOf(judged.stdout);
    expect(line!.detectors!.map(({ id }) => id)).toEqual(['frequency', 'first-sample']);
    expect(added(line!)!.reduce((a, b) => a! + b!, spec.combine.bias)).toBeCloseTo(line!.score!, 9);
    expect(readFileSync(`${root}/evidence/0001-1.png.ensemble.added.png`).subarray(1, 4).toString()).toBe('PNG');
    expect(readFileSync(`${root}/report.html`, 'utf8')).toMatch(/What each member added[\s\S]*<th scope="col">Added<\/th>/);

    const moved = await syntrace(['calibrate', 'data', '--plugin', './plugin.mjs', '--ensemble', 'both.json', '--method', 'isotonic', '--out', 'steps.json'], {
      cwd: root,
    });
    expect(moved.code, moved.stderr).toBe(0);
    expect(json(root, 'steps.json')).toMatchObject({
      combine: spec.combine,
      calibration: { method: 'isotonic' },
      fitted: { method: 'stacker', calibration: { method: 'isotonic' } },
    });
    const again = await syntrace(['detect', 'data/test/a/1_fake/1.png', '--plugin', './plugin.mjs', '--ensemble', 'steps.json', '--ndjson'], { cwd: root });
    expect(linesOf(again.stdout)[0]).toMatchObject({ score: line!.score, probability: expect.any(Number) });
  });

  it('of a cascade says what it saves; a cascade asks no more than it must', async () => {
    const root = await project();
    writeFileSync(`${root}/slow.mjs`, pluginSource({ ms: 40 }));
    const members = ['--plugin', './slow.mjs', '--detector', 'frequency', '--detector', 'first-sample'];
    const fit = await syntrace(['ensemble', 'fit', 'data', ...members, '--method', 'cascade', '--out', 'quick.json'], { cwd: root });
    expect(fit.code, fit.stderr).toBe(0);
    expect(fit.stderr).toMatch(/time a picture: \d+\.\d ms instead of \d+\.\d ms, \d+ % saved/);
    const spec = json(root, 'quick.json');
    if (spec.members.length === 2) expect(spec.members[0].id).toBe('frequency');
    const judged = await syntrace(['detect', 'data/test', '--plugin', './slow.mjs', '--ensemble', 'quick.json', '--ndjson'], { cwd: root });
    expect(linesOf(judged.stdout).every(({ detectors }) => detectors![0]!.id === spec.members[0].id)).toBe(true);
  });
});

it('ensemble leave-out compares members and methods on generators that a fit has not seen', async () => {
  const root = await project();
  const args = [
    'ensemble',
    'leave-out',
    'data',
    '--plugin',
    './plugin.mjs',
    '--detector',
    'frequency',
    '--detector',
    'first-sample',
    '--method',
    'mean',
    '--method',
    'stacker',
  ];
  const { code, stdout, stderr } = await syntrace([...args, '--json'], { cwd: root });
  expect(code, stderr).toBe(0);
  const results = JSON.parse(stdout);
  expect(results.map(({ name }: { name: string }) => name)).toEqual(['frequency', 'first-sample', 'mean', 'stacker'].map(name => `${name}, as stored`));
  expect(results[3].pooled.counts).toMatchObject({ real: 8, synthetic: 8 });
});

describe('calibrate', () => {
  it('writes what scores mean, which --calibration gives them; only for the weights that it was fitted for', async () => {
    const root = await project();
    const done = await syntrace(
      ['calibrate', 'data', '--detector', 'frequency', '--method', 'isotonic', '--fpr', '0.2', '--alpha', '0.2', '--out', 'mine.json'],
      { cwd: root },
    );
    expect(done.code, done.stderr).toBe(0);
    const mine = json(root, 'mine.json');
    expect(mine).toMatchObject({
      kind: 'calibration',
      detector: 'frequency',
      files: { 'model.safetensors': expect.stringMatching(/^[0-9a-f]{64}$/) },
      calibration: { method: 'isotonic' },
      fitted: { falsePositiveRate: 0.2, coverage: { alpha: 0.2 }, data: [{ name: 'data', split: 'val' }] },
    });
    const detect = ['detect', 'data/test/a', '--detector', 'frequency', '--ndjson'];
    const [before, after] = await Promise.all([syntrace(detect, { cwd: root }), syntrace([...detect, '--calibration', 'mine.json'], { cwd: root })]);
    const [plain, other] = [linesOf(before.stdout), linesOf(after.stdout)];
    expect(other.map(({ score }) => score)).toEqual(plain.map(({ score }) => score));
    expect(other.every(({ threshold }) => threshold === mine.threshold)).toBe(true);
    expect(other.every(({ probability }) => probability! >= 0 && probability! <= 1)).toBe(true);
    writeFileSync(`${root}/others.json`, JSON.stringify({ ...mine, files: { 'model.safetensors': '0' } }));
    writeFileSync(`${root}/none.json`, '{}');
    for (const [file, words] of [
      ['others.json', /ARTIFACT_INVALID .*fitted for other weights of frequency/],
      ['none.json', /ARTIFACT_INVALID .*no calibration/],
      ['gone.json', /ARTIFACT_MISSING /],
    ] as const) {
      const refused = await syntrace([...detect, '--calibration', file], { cwd: root });
      expect([refused.code !== 0, refused.stderr]).toEqual([true, expect.stringMatching(words)]);
    }
  });

  it('learns a shift without labels, and says what it assumes', async () => {
    const root = await project();
    const shift = ['calibrate', 'data/test', '--detector', 'frequency', '--method', 'shift', '--unlabelled', '--share', '0.4', '--out', 'shift.json'];
    const done = await syntrace(shift, { cwd: root });
    expect(done.code, done.stderr).toBe(0);
    expect(json(root, 'shift.json').fitted).toMatchObject({ method: 'unlabelled shift', share: 0.4, shift: expect.any(Number), data: [{ pictures: 16 }] });
    const judged = await syntrace(['detect', 'data/test', '--detector', 'frequency', '--calibration', 'shift.json', '--ndjson'], { cwd: root });
    const probabilities = linesOf(judged.stdout).map(({ probability }) => probability!);
    expect(probabilities.reduce((a, b) => a + b) / probabilities.length).toBeCloseTo(0.4, 5);
  });

  it.each([
    ['pictures without labels and another method', ['--unlabelled'], /allow --method shift alone/],
    ['a shift with a band', ['--method', 'shift', '--alpha', '0.1'], /takes neither --fpr nor --alpha/],
    ['a split that is not there', ['--split', 'train'], /--split train: .* has (val, test|test, val)/],
    ['too few pictures for a rate', ['--fpr', '0.01'], /TRAINING_INVALID .*needs 99 real pictures or more, there are 8/],
  ])('refuses %s', async (_, args, words) => {
    const { code, stderr } = await syntrace(['calibrate', 'data', '--detector', 'frequency', ...args, '--out', 'x.json'], { cwd: await project() });
    expect([code !== 0, stderr]).toEqual([true, expect.stringMatching(words)]);
  });
});
