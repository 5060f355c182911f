import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linesOf, syntrace, untimed } from './command.js';
import { makeTree, photoPng, pluginSource } from './files.js';

const COUNT = 24;
const journalOf = (root: string) => `${root}/out/run.journal`;
const argsOf = (root: string, ...more: string[]) => [
  'detect',
  `${root}/in`,
  '--plugin',
  `${root}/plugin.mjs`,
  '--detector',
  'first-sample',
  '--ndjson',
  '--resume',
  journalOf(root),
  ...more,
];
const entriesOf = (journal: string) => linesOf(readFileSync(journal, 'utf8')).filter(line => line.path);

/** `ms`: how long each picture takes, so that a run can be stopped half way. */
async function manyPictures(ms = 0) {
  const picture = await photoPng(1, 32);
  const files = Array.from({ length: COUNT }, (_, i) => [`in/${String(i).padStart(2, '0')}.png`, i === 3 ? 'damaged' : picture] as const);
  return makeTree({ ...Object.fromEntries(files), 'plugin.mjs': pluginSource({ ms }) });
}

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 130],
  ['SIGKILL', null],
] as const)('after %s half way', (signal, exit) => {
  it('--resume goes on: none judged twice, none lost', async () => {
    const root = await manyPictures(120);
    const stopped = await syntrace(argsOf(root), { onOutput: (_, child) => void (child.killed || child.kill(signal)) });
    expect(stopped.code).toBe(exit);
    if (exit !== null) expect(stopped.stderr).toMatch(/ABORTED .*stopped\n.*--resume/);
    const before = entriesOf(journalOf(root));
    expect(before.length).toBeGreaterThan(0);
    expect(before.length).toBeLessThan(COUNT);
    // What was printed is in the journal.
    expect(before).toEqual(expect.arrayContaining(linesOf(stopped.stdout)));
    const rest = await syntrace(argsOf(root));
    expect(rest.code).toBe(1);
    const after = entriesOf(journalOf(root));
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.map(line => basename(line.path))).toEqual(Array.from({ length: COUNT }, (_, i) => `${String(i).padStart(2, '0')}.png`));
    expect(linesOf(rest.stdout)).toEqual(after);
  });
});

describe('a journal', () => {
  it('that is whole is printed again, and nothing is judged', async () => {
    const root = await manyPictures();
    const first = await syntrace(argsOf(root));
    const whole = readFileSync(journalOf(root), 'utf8');
    const again = await syntrace(argsOf(root));
    // The very lines, down to the milliseconds that judging took.
    expect(again.stdout).toBe(first.stdout);
    expect(readFileSync(journalOf(root), 'utf8')).toBe(whole);
  });

  it('whose last line was cut off goes on from the line before', async () => {
    const root = await manyPictures();
    const first = await syntrace(argsOf(root));
    const lines = readFileSync(journalOf(root), 'utf8').split('\n');
    writeFileSync(journalOf(root), `${lines.slice(0, 10).join('\n')}\n`);
    appendFileSync(journalOf(root), '{"path":"cut');
    const again = await syntrace(argsOf(root));
    expect(untimed(linesOf(again.stdout))).toEqual(untimed(linesOf(first.stdout)));
    expect(entriesOf(journalOf(root))).toHaveLength(COUNT);
  });

  it('of other settings is refused and left as it is', async () => {
    const root = await manyPictures();
    await syntrace(argsOf(root));
    const before = readFileSync(journalOf(root), 'utf8');
    for (const more of [
      ['--threshold', '3'],
      ['--detector', 'frequency'],
    ]) {
      const { code, stdout, stderr } = await syntrace(argsOf(root, ...more));
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/USAGE .*other settings/);
    }
    expect(readFileSync(journalOf(root), 'utf8')).toBe(before);
  });

  it.each([
    ['a picture', () => photoPng(9)],
    ['a list of words', async () => 'one\ntwo\n'],
    ['words without an end of line', async () => 'one'],
    ['JSON of something else', async () => '{"name":"package"}\n'],
  ])('is never written over %s', async (_, bytes) => {
    const root = makeTree({ 'in/a.png': await photoPng(1), 'plugin.mjs': pluginSource(), 'out/run.journal': await bytes() });
    const before = readFileSync(journalOf(root));
    const { code, stderr } = await syntrace(argsOf(root));
    expect(code).toBe(2);
    expect(stderr).toMatch(/USAGE .*is not a journal/);
    expect(readFileSync(journalOf(root))).toEqual(before);
  });

  it('never holds what came from standard input', async () => {
    const root = makeTree({ 'a.png': await photoPng(1), 'plugin.mjs': pluginSource() });
    const judge = async (input: Uint8Array) =>
      linesOf(
        (
          await syntrace(['detect', '-', 'a.png', '--ndjson', '--resume', 'journal', '--plugin', './plugin.mjs', '--detector', 'first-sample'], {
            cwd: root,
            input,
          })
        ).stdout,
      );
    const [first, second] = [await judge(await photoPng(2)), await judge(await photoPng(3))];
    expect(second[0]!.score).not.toBe(first[0]!.score);
    expect(second[1]).toEqual(first[1]);
  });

  it('leaves the numbers of explanations as they were', async () => {
    const root = makeTree({ 'in/a.png': await photoPng(1, 128), 'in/b.png': await photoPng(2, 128) });
    const args = (...inputs: string[]) => ['detect', ...inputs, '--detector', 'frequency', '--resume', journalOf(root), '--explain', `${root}/explain`];
    await syntrace(args(`${root}/in/a.png`));
    await syntrace(args(`${root}/in`));
    expect(new Set(readdirSync(`${root}/explain`).map(name => name.split('.')[0]))).toEqual(new Set(['0001-a', '0002-b']));
  });
});
