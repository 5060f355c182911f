import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { linesOf, type RunOptions, syntrace } from './command.js';
import { generatedPng, type Leaf, makeTree, photoPng } from './files.js';

const COMMANDS = [
  ['detect'],
  ['inspect'],
  ['stats'],
  ['train'],
  ['eval'],
  ['doctor'],
  ['plugins', 'list'],
  ['models', 'list'],
  ['models', 'verify'],
  ['models', 'import'],
  ['bench'],
  ...['prepare', 'cluster', 'fingerprint', 'match'].map(name => ['noisescope', name]),
  ...['test', 'classify', 'weights'].map(name => ['frequency', name]),
  ...['grid', 'train', 'test', 'csd-svm'].map(name => ['baselines', name]),
];

describe('--help', () => {
  it.each(COMMANDS.map(command => [command.join(' '), command] as const))('%s: what it does, with examples that name it', async (name, command) => {
    const { code, stdout, stderr } = await syntrace([...command, '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`^Usage: syntrace ${name} `));
    const examples = /\nExamples:\n((?: {2}\$ .*\n)+)/.exec(`${stdout}\n`)?.[1] ?? '';
    expect(examples).toContain(`syntrace ${name}`);
    // Nothing runs over the edge of an ordinary terminal.
    expect(Math.max(...examples.split('\n').map(line => line.length))).toBeLessThanOrEqual(80);
  });

  it('of the whole names every command', async () => {
    const { code, stdout } = await syntrace(['--help']);
    expect(code).toBe(0);
    for (const [name] of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
  });
});

it.each([
  [[], /Usage: syntrace/],
  [['plugins', 'remove'], /unknown command|too many arguments/],
  [['models', 'list', '--jsn'], /unknown option '--jsn'[\s\S]*--json/],
  [['detect', 'x', '--json', '--csv'], /cannot be used with/],
  [['train', 'frequency', 'x'], /--out/],
  [['eval'], /missing required argument 'dataset'/],
  [['noisescope', 'cluster', '--prepared', 'model.pkl', 'x'], /ARTIFACT_PICKLE .*never executed[\s\S]*noisescope prepare/],
  [['noisescope', 'cluster', '--real', 'a', '--real-residuals', 'b'], /--real or --real-residuals: both would/],
  [['noisescope', 'cluster', 'x', '--resume', 'blocks.ndjson'], /give --block-size too/],
  [['noisescope', 'prepare', '--out', '/tmp/syntrace-none'], /--reference DIR or --reference-residuals DIR/],
  [['bench', 'dct3'], /no kernel "dct3", did you mean "dct2"/],
  [['bench', 'dct2', '--size', '8'], /--size must be a whole number in 16…4096/],
  [['eval', '/nowhere/at-all'], /DATASET_INVALID .*no such folder/],
  [['eval', '.', '--perturb', 'smear:3'], /unknown perturbation smear:3; known: jpeg/],
  [['train', 'first', 'x', '--out', '/tmp/syntrace-none'], /DETECTOR_UNKNOWN .*"first"/],
])('wrong use ends with 2 and says how it is right: %j', async (args, words) => {
  const { code, stdout, stderr } = await syntrace(args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(words);
  expect(stderr).not.toMatch(/\n\s+at /);
});

describe('tables are JSON, too', () => {
  const json = async (...args: string[]) => {
    const { code, stdout } = await syntrace([...args, '--json']);
    expect(code).toBe(0);
    return JSON.parse(stdout);
  };

  it('doctor', async () => {
    const { findings, backends } = await json('doctor');
    expect(findings.map((finding: { state: string }) => finding.state)).not.toContain('broken');
    expect(backends).toContainEqual(expect.objectContaining({ id: 'wasm', availability: expect.objectContaining({ ok: true }) }));
    expect(backends.filter((backend: { chosen: boolean }) => backend.chosen)).toHaveLength(1);
  });

  it('plugins list', async () => {
    const plugins = await json('plugins', 'list');
    const detectors = plugins.flatMap((plugin: { detectors: object[] }) => plugin.detectors);
    expect(detectors).toContainEqual(expect.objectContaining({ id: 'frequency', unit: 'image', trainable: true }));
    expect(plugins.flatMap((plugin: { backends: { id: string }[] }) => plugin.backends.map(backend => backend.id))).toEqual(
      expect.arrayContaining(['native', 'wasm']),
    );
  });

  it('models list and verify', async () => {
    const models = await json('models', 'list');
    expect(models).toContainEqual({ detector: 'frequency', card: expect.objectContaining({ threshold: expect.any(Number), licence: 'MIT' }) });
    expect(await json('models', 'verify')).toContainEqual(expect.objectContaining({ model: 'frequency', ok: true, error: null }));
  });

  it('bench', async () => {
    const rows = await json('bench', 'dct2', '--size', '16', '--size', '24', '--backend', 'wasm');
    expect(rows.map(({ kernel, size }: { kernel: string; size: number }) => [kernel, size])).toEqual([
      ['dct2', 16],
      ['dct2', 24],
    ]);
    for (const { backend, ms, megapixels, gigabytes } of rows) {
      expect(backend).toBe('wasm (1 thread)');
      for (const value of [ms, megapixels, gigabytes]) expect(value).toBeGreaterThan(0);
    }
  });

  it('and words without --json', async () => {
    for (const args of [
      ['plugins', 'list'],
      ['models', 'list'],
      ['models', 'verify'],
      ['bench', 'dct2', '--size', '16'],
    ]) {
      const { code, stdout } = await syntrace(args);
      expect(code).toBe(0);
      expect(stdout).toMatch(args[0] === 'bench' ? /Mpixel\/s/ : /frequency/);
      expect(stdout).not.toContain('\x1b');
    }
  });
});

/** Photographs and enlarged ones, in the folders of a dataset. */
async function dataset(...splits: readonly string[]): Promise<Readonly<Record<string, Leaf>>> {
  const files = splits.flatMap((split, s) =>
    [1, 2, 3].flatMap(i => [
      [`${split}/tiny/0_real/${i}.png`, photoPng(10 * s + i, 128)] as const,
      [`${split}/tiny/1_fake/${i}.png`, generatedPng(100 + 10 * s + i, 128)] as const,
    ]),
  );
  return Object.fromEntries(await Promise.all(files.map(async ([path, bytes]) => [path, await bytes] as const)));
}

describe('train, models verify, detect --weights, eval', () => {
  it('go from labelled pictures to figures', async () => {
    const root = makeTree(await dataset('data/train', 'data/val', 'data/test'));
    const trained = await syntrace(['train', 'frequency', 'data', '--out', 'own/weights', '--set', 'l2=0.01', '--seed', '7'], { cwd: root });
    expect(trained.code, trained.stderr).toBe(0);
    expect(trained.stdout).toBe('');
    expect(trained.stderr).toMatch(/training on 6 pictures, choosing on 6[\s\S]*wrote own\/weights\/model\.json, own\/weights\/model\.safetensors/);
    expect(JSON.parse(readFileSync(`${root}/own/weights/model.json`, 'utf8'))).toMatchObject({ detector: 'frequency', training: { l2: 0.01, seed: 7 } });

    const verified = await syntrace(['models', 'verify', 'own/weights'], { cwd: root });
    expect([verified.code, verified.stdout]).toEqual([0, expect.stringMatching(/✓ +own\/weights +detector frequency; model\.safetensors/)]);

    const judged = await syntrace(['detect', 'data/test', '--detector', 'frequency', '--weights', 'own/weights', '--ndjson'], { cwd: root });
    expect(linesOf(judged.stdout).map(({ path, verdict }) => [path.includes('1_fake'), verdict])).toEqual([
      ...[1, 2, 3].map(() => [false, 'real']),
      ...[1, 2, 3].map(() => [true, 'synthetic']),
    ]);

    const args = ['eval', 'data/test', '--detector', 'frequency', '--weights', 'own/weights', '--perturb', 'jpeg:90', '--baseline', '--out', 'out'];
    const evaluated = await syntrace([...args, '--json'], { cwd: root });
    expect(evaluated.code, evaluated.stderr).toBe(0);
    const results = JSON.parse(evaluated.stdout);
    expect(results.map((result: { name: string }) => result.name)).toEqual(['as stored', 'jpeg:90', 'sharpness only, as stored', 'sharpness only, jpeg:90']);
    expect(results[0].pooled.metrics.auc.value).toBe(1);
    expect(results[0].groups).toMatchObject([{ group: 'tiny', own: { counts: { real: 3, synthetic: 3 } } }]);
    expect(readdirSync(`${root}/out`).sort()).toEqual([
      'audit.json',
      'generators.csv',
      'generators.md',
      ...['csv', 'json', 'parquet'].map(kind => `metrics.${kind}`),
      'report.html',
      'scores',
      'scores.csv',
      'scores.parquet',
      'table.md',
    ]);
    expect(JSON.parse(readFileSync(`${root}/out/metrics.json`, 'utf8'))).toEqual(results);
    expect(readFileSync(`${root}/out/scores.csv`, 'utf8').trimEnd().split('\n')).toHaveLength(1 + 4 * 6);
    const words = await syntrace(args, { cwd: root });
    expect(words.stdout).toMatch(/^as stored\nGenerator +Against +Real/);

    const file = `${root}/own/weights/model.safetensors`;
    const bytes = readFileSync(file);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(file, bytes);
    const tampered = await syntrace(['models', 'verify', 'own/weights', 'none', '--json'], { cwd: root });
    expect(tampered.code).toBe(1);
    expect(JSON.parse(tampered.stdout)).toMatchObject([
      { model: 'own/weights', ok: false, error: { code: 'ARTIFACT_CHECKSUM' } },
      { model: 'none', ok: false, error: { code: 'ARTIFACT_MISSING' } },
    ]);
    const refused = await syntrace(['detect', 'data/test', '--detector', 'frequency', '--weights', 'own/weights'], { cwd: root });
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/^ARTIFACT_CHECKSUM /m)]);
  });

  it('train goes on with --resume, to the weights of a run in one go', async () => {
    const root = makeTree(await dataset('data/train', 'data/val'));
    const train = (out: string, more: readonly string[] = [], options: RunOptions = {}) =>
      syntrace(['train', 'frequency', 'data', '--out', out, ...more], { cwd: root, ...options });
    const weights = (out: string) => readFileSync(`${root}/${out}/model.safetensors`);
    expect((await train('whole')).code).toBe(0);
    const resume = ['--resume', 'keep/train.checkpoint'];
    expect((await train('first', resume)).code).toBe(0);
    const checkpoint = `${root}/keep/train.checkpoint`;
    const size = statSync(checkpoint).size;
    // As after a kill in the middle of a record.
    truncateSync(checkpoint, Math.floor(size / 2) + 1);
    expect((await train('second', resume)).code).toBe(0);
    expect(statSync(checkpoint).size).toBe(size);
    expect(weights('first')).toEqual(weights('whole'));
    expect(weights('second')).toEqual(weights('whole'));
    const other = await train('third', ['--resume', 'data/train/tiny/0_real/1.png']);
    expect([other.code, other.stderr]).toEqual([2, expect.stringMatching(/USAGE .*is not a checkpoint/)]);
  });

  it.each([
    ['no value', ['--set', 'l2'], /takes name=value/],
    ['an unknown name', ['--set', 'l3=1'], /no option l3, did you mean "l1"[\s\S]*abstain/],
    ['words for a number', ['--set', 'l2=much'], /l2 must be a number/],
    ['a value out of range', ['--set', 'abstain=0.7'], /abstain must be in 0…0\.5/],
  ])('train refuses an option with %s', async (_, args, words) => {
    const root = makeTree(await dataset('data/train', 'data/val'));
    const { code, stderr } = await syntrace(['train', 'frequency', 'data', '--out', 'out', ...args], { cwd: root });
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
    expect(existsSync(`${root}/out/model.json`)).toBe(false);
  });

  it('train refuses a dataset without val, and warns of pictures that are in both', async () => {
    const root = makeTree({ ...(await dataset('data/train')), ...(await dataset('twice/train')) });
    const { code, stderr } = await syntrace(['train', 'frequency', 'data', '--out', 'out'], { cwd: root });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/DATASET_INVALID .*its val folder/)]);
    const twice = makeTree({
      ...(await dataset('data/train')),
      ...Object.fromEntries(Object.entries(await dataset('train')).map(([path, bytes]) => [`data/${path.replace('train', 'val')}`, bytes])),
    });
    expect((await syntrace(['train', 'frequency', 'data', '--out', 'out'], { cwd: twice })).stderr).toMatch(
      /warning: 6 validation pictures are also training pictures/,
    );
  });
});

describe('eval', () => {
  it('tells of each picture that cannot be judged, evaluates the rest, and ends with 1', async () => {
    const root = makeTree({
      ...(await dataset('data')),
      'data/tiny/0_real/cut.png': (await photoPng(1)).subarray(0, 500),
      'data/tiny/1_fake/gone.png': { link: 'nowhere' },
    });
    const { code, stdout, stderr } = await syntrace(['eval', 'data', '--detector', 'frequency', '--perturb', 'jpeg:90', '--json'], { cwd: root });
    expect(code).toBe(1);
    for (const words of [/IMAGE_TRUNCATED .*cut\.png/, /IMAGE_UNREADABLE .*gone\.png/]) expect(stderr.match(new RegExp(words, 'g'))).toHaveLength(2);
    expect(JSON.parse(stdout)).toMatchObject([
      { name: 'as stored', failed: 2, pooled: { counts: { real: 3, synthetic: 3 } } },
      { name: 'jpeg:90', failed: 2, pooled: { counts: { real: 3, synthetic: 3 } } },
    ]);
  });

  it('has no figures where nothing could be judged', async () => {
    const root = makeTree({ 'data/0_real/a.png': 'text', 'data/1_fake/b.png': '' });
    const { code, stdout } = await syntrace(['eval', 'data', '--json'], { cwd: root });
    expect([code, stdout.trim()]).toEqual([1, '[]']);
  });

  it('goes on with --resume after it was killed, to the figures of a run in one go', async () => {
    const root = makeTree(await dataset('data'));
    const args = ['eval', 'data', '--detector', 'frequency', '--perturb', 'jpeg:90', '--perturb', 'jpeg:50', '--json'];
    const whole = await syntrace(args, { cwd: root });
    await syntrace([...args, '--resume', 'journal'], { cwd: root });
    const lines = readFileSync(`${root}/journal`, 'utf8').split('\n');
    expect(lines.filter(Boolean)).toHaveLength(1 + 3 * 6);
    // As after a kill in the second of three conditions, in the middle of a line.
    writeFileSync(`${root}/journal`, `${lines.slice(0, 9).join('\n')}\n${lines[9]!.slice(0, 40)}`);
    const rest = await syntrace([...args, '--resume', 'journal'], { cwd: root });
    expect(rest.code, rest.stderr).toBe(0);
    expect(JSON.parse(rest.stdout)).toEqual(JSON.parse(whole.stdout));
    expect(readFileSync(`${root}/journal`, 'utf8').split('\n')).toHaveLength(lines.length);
    const other = await syntrace([...args.slice(0, 2), '--detector', 'sharpness', '--resume', 'journal'], { cwd: root });
    expect(other.code).toBe(2);
  });
});
