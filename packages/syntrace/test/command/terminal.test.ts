import { spawn, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { BIN } from './command.js';
import { makeTree, photoPng, pluginSource } from './files.js';

const ESCAPE = '\x1b\\[';
const COLOUR = new RegExp(`${ESCAPE}[0-9;]*m`, 'g');
const ERASED = new RegExp(`[^\\n]*\\r${ESCAPE}K`, 'g');
const VERDICT_IN_COLOUR = new RegExp(`${ESCAPE}3[12]m(real|synthetic)`);

const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
const hasScript = spawnSync('script', ['--version']).status === 0;
if (!hasScript) process.stderr.write('\nSKIPPED: nothing is tried on a terminal, there is no util-linux script\n');

/** What the command writes to a terminal of this width, by util-linux `script`. */
function onTerminal(args: readonly string[], { columns = 120, cwd = '.', env = {} as NodeJS.ProcessEnv } = {}): Promise<string> {
  const command = `stty cols ${columns} rows 40; ${[process.execPath, BIN, ...args].map(quote).join(' ')}`;
  const { NO_COLOR: _, CI: __, ...own } = process.env;
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd,
    env: { ...own, TERM: 'xterm-256color', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let seen = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    seen += chunk;
  });
  return new Promise((resolve, reject) => child.on('error', reject).on('close', () => resolve(seen)));
}

/** The lines that are left on the screen, once carriage returns and erasures have done their work. */
const screenOf = (text: string): string[] => plain(text).map(line => line.split('\r').at(-1)!.trimEnd());
const plain = (text: string): string[] => text.replaceAll('\r\n', '\n').replace(ERASED, '').replace(COLOUR, '').split('\n');

const tree = async () => makeTree({ 'a.png': await photoPng(1, 64), 'b.png': await photoPng(2, 64), 'c.png': '', 'plugin.mjs': pluginSource({ ms: 150 }) });
const judge = (cwd: string, more: object = {}) =>
  onTerminal(['detect', 'a.png', 'b.png', 'c.png', '--plugin', './plugin.mjs', '--detector', 'first-sample'], { cwd, ...more });

describe.skipIf(!hasScript)('on a terminal', () => {
  it('rows and the progress bar keep out of each other’s way', async () => {
    const seen = await judge(await tree());
    expect(seen).toMatch(/[█░]+ judging \d\/3/);
    const lines = screenOf(seen).filter(Boolean);
    expect(lines).toEqual([
      expect.stringMatching(/^verdict +probability +score +as high on real photos +file$/),
      expect.stringMatching(/^(real|synthetic) .* a\.png$/),
      expect.stringMatching(/^(real|synthetic) .* b\.png$/),
      'not judged    IMAGE_EMPTY c.png is empty (0 bytes)',
      expect.stringMatching(/^2 judged in .* 1 could not be judged$/),
    ]);
  });

  it('verdicts have colours, unless NO_COLOR or a dumb terminal says no', async () => {
    const cwd = await tree();
    expect(await judge(cwd)).toMatch(VERDICT_IN_COLOUR);
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) expect(await judge(cwd, { env })).not.toMatch(COLOUR);
  });

  it('a narrow one gets fewer columns, and no line of its tables runs over', async () => {
    const lines = screenOf(await judge(await tree(), { columns: 60 })).filter(Boolean);
    expect(lines[0]).toMatch(/^verdict +probability +score +file$/);
    for (const args of [['plugins', 'list'], ['models', 'verify'], ['doctor']]) {
      const table = screenOf(await onTerminal(args, { columns: 90 }));
      expect(Math.max(...table.map(line => line.length)), args.join(' ')).toBeLessThanOrEqual(90);
    }
  });
});
