import { readFileSync, writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { syntrace } from './command.js';
import { generatedPng, makeTree, photoPng, pluginSource } from './files.js';

/** Twelve pictures in two groups as a test split; `extra` lies beside it. */
async function pictures(extra: Readonly<Record<string, Uint8Array | string>> = {}): Promise<string> {
  const files = await Promise.all(
    [1, 2, 3].flatMap(i => [
      ...['a', 'b'].map(async (group, g) => [`data/test/${group}/0_real/${i}.png`, await photoPng(10 * g + i, 128)] as const),
      ...['a', 'b'].map(async (group, g) => [`data/test/${group}/1_fake/${i}.png`, await generatedPng(100 + 10 * g + i, 128)] as const),
    ]),
  );
  return makeTree({ ...Object.fromEntries(files), ...extra });
}

/** A detector that writes a line into a file for each picture that it is asked about. */
const countingSource = (log: string, version = '1.2.3') =>
  `import { appendFileSync } from 'node:fs';\n${pluginSource({ id: 'counting' })
    .replace('return batch.map(image => {', `return batch.map(image => { appendFileSync(${JSON.stringify(log)}, 'x');`)
    .replace('1.2.3', version)}`;

describe('scores that are kept', () => {
  it('are not computed again, for other metrics, other ensembles and in other folders; a new version asks anew', async () => {
    const root = await pictures();
    const asked = () => readFileSync(`${root}/log`, 'utf8').length;
    writeFileSync(`${root}/log`, '');
    writeFileSync(`${root}/counting.mjs`, countingSource(`${root}/log`));
    const args = ['eval', 'data/test', '--plugin', './counting.mjs', '--cache', 'kept', '--json'];
    const first = await syntrace([...args, '--detector', 'counting'], { cwd: root });
    expect(first.code, first.stderr).toBe(0);
    expect(asked()).toBe(2 * 12);
    const second = await syntrace([...args, '--detector', 'counting'], { cwd: root });
    expect([asked(), second.stdout]).toEqual([24, first.stdout]);
    const other = await syntrace([...args, '--detector', 'counting', '--detector', 'frequency', '--members', '--seed', '5'], { cwd: root });
    expect(other.code, other.stderr).toBe(0);
    expect(asked()).toBe(24);
    expect(JSON.parse(other.stdout).map(({ name }: { name: string }) => name)).toEqual(
      ['', 'counting, ', 'frequency, '].flatMap(label => [`${label}as stored`, `${label}jpeg:90`]),
    );
    writeFileSync(`${root}/data/test/a/0_real/4.png`, await photoPng(77, 128));
    await syntrace([...args, '--detector', 'counting', '--no-jpeg'], { cwd: root });
    expect(asked()).toBe(25);
    writeFileSync(`${root}/counting.mjs`, countingSource(`${root}/log`, '1.2.4'));
    await syntrace([...args, '--detector', 'counting', '--no-jpeg'], { cwd: root });
    expect(asked()).toBe(25 + 13);
  });

  it('give an ensemble the figures that it has when it judges by itself', async () => {
    const root = await pictures();
    writeFileSync(`${root}/plugin.mjs`, pluginSource());
    const spec = { format: 1, id: 'two', members: [{ id: 'frequency', weight: 2 }, 'first-sample'], abstention: [-0.1, 0.1] };
    writeFileSync(`${root}/two.json`, JSON.stringify(spec));
    const choice = ['--plugin', './plugin.mjs', '--ensemble', 'two.json'];
    await syntrace(['eval', 'data/test', ...choice, '--no-jpeg', '--no-audit', '--out', 'out'], { cwd: root });
    const detected = await syntrace(['detect', 'data/test', ...choice, '--ndjson'], { cwd: root });
    const scores = Object.fromEntries(
      detected.stdout
        .trim()
        .split('\n')
        .map(line => JSON.parse(line))
        .map(({ path, score, verdict }) => [path.split('/test/')[1], [score, verdict]]),
    );
    const rows = readFileSync(`${root}/out/scores.csv`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map(line => line.split(','));
    expect(Object.fromEntries(rows.map(([path, , , , , score, , verdict]) => [path!.split('/test/')[1], [Number(score), verdict]]))).toEqual(scores);
  });
});

describe('what a set gives away', () => {
  it('is said before any figure: a picture of the test split that is a training picture, saved anew', async () => {
    const { encodeJpeg } = await import('@syntrace/image-io');
    const { photograph } = await import('../../../detector-frequency/test/pictures.js');
    const copy = await encodeJpeg(photograph(1, 128, 128), { quality: 70, subsampling: '4:2:0' });
    const root = await pictures({ 'data/train/a/0_real/copy.jpg': copy, 'data/train/a/1_fake/x.png': await generatedPng(500, 128) });
    const { code, stderr, stdout } = await syntrace(['eval', 'data/test', '--out', 'out'], { cwd: root });
    expect(code, stderr).toBe(0);
    // What is looked at for the audit takes no part in the verdicts.
    const [path, , , , , score, , verdict] = readFileSync(`${root}/out/scores.csv`, 'utf8').split('\n')[1]!.split(',');
    const judged = JSON.parse((await syntrace(['detect', path!, '--ndjson'], { cwd: root })).stdout);
    expect([judged.score, judged.verdict]).toEqual([Number(score), verdict]);
    expect(stderr).toMatch(/pairs of pictures that look the same in different splits: 1: 1\.png \(test\) and copy\.jpg \(train\)/);
    expect(stderr).toMatch(/as stored: what the set gives away: metadata only: AUC \d\.\d\d .*; sharpness and brightness only: AUC/);
    expect(stdout).toMatch(/jpeg:90[\s\S]*what the set gives away/);
    const audit = JSON.parse(readFileSync(`${root}/out/audit.json`, 'utf8'));
    expect(audit.nearDuplicates).toMatchObject([{ splits: ['test', 'train'], contradicts: false }]);
    const page = readFileSync(`${root}/out/report.html`, 'utf8');
    expect(page).toMatch(/Pairs of pictures that look the same in different splits: 1</);
    expect(page.indexOf('What the set gives away')).toBeLessThan(page.indexOf('Overview'));
    expect(readFileSync(`${root}/out/table.md`, 'utf8')).toMatch(/\| Generator \| as stored \| jpeg:90 \|[\s\S]*\| metadata only \| \d/);
  });
});

async function rowsOf(sql: string) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

it('DuckDB reads Parquet, CSV and JSON alike, and finds the printed AUC in the kept scores', async () => {
  const root = await pictures();
  const done = await syntrace(['eval', 'data/test', '--detector', 'frequency', '--perturb', 'jpeg:90,60', 'blur:1', '--out', 'out'], { cwd: root });
  expect(done.code, done.stderr).toBe(0);
  const from = (file: string) => `from '${root}/out/${file}'`;
  const counts = (file: string) =>
    rowsOf(`select condition, count(*)::int n, sum(label)::int synthetic, avg(score)::double mean ${from(file)} group by condition order by condition`);
  const parquet = await counts('scores.parquet');
  expect(parquet.map(({ condition, n, synthetic }) => [condition, n, synthetic])).toEqual(
    ['as stored', 'blur:1', 'jpeg:60', 'jpeg:90'].map(name => [name, 12, 6]),
  );
  expect(await counts('scores.csv')).toEqual(parquet.map(row => ({ ...row, mean: expect.closeTo(Number(row.mean), 9) })));
  const metrics = JSON.parse(readFileSync(`${root}/out/metrics.json`, 'utf8')) as { name: string; pooled: { metrics: { auc: { value: number } } } }[];
  const expected = metrics.map(({ name, pooled }) => ({ name, auc: pooled.metrics.auc.value })).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const file of ['metrics.parquet', 'metrics.csv'])
    expect(await rowsOf(`select name, auc::double auc ${from(file)} where "group" = 'all' order by name`)).toEqual(expected);
  expect(await rowsOf(`select name, pooled.metrics.auc.value::double auc from read_json('${root}/out/metrics.json') order by name`)).toEqual(expected);
  const pairs = `with s as (select * ${from('scores.parquet')} where condition = 'blur:1')
    select avg(case when f.score > r.score then 1.0 when f.score = r.score then 0.5 else 0 end)::double auc from s f, s r where f.label = 1 and r.label = 0`;
  expect(await rowsOf(pairs)).toEqual([{ auc: expect.closeTo(expected.find(({ name }) => name === 'blur:1')!.auc, 12) }]);
});

it('a perturbation that is none is refused, several after one option are taken', async () => {
  const root = await pictures();
  const refused = await syntrace(['eval', 'data/test', '--perturb', 'jpeg:95..', 'blur'], { cwd: root });
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/unknown perturbation jpeg:95\.\./)]);
});
