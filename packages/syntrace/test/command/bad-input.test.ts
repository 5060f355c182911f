import { chmodSync, mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linesOf, runsUnprivileged, syntrace } from './command.js';
import { canBeUnprivileged, fixture, makeTree, photoPng } from './files.js';

/** What is wrong, by the file it is wrong with: the code of the error. */
const REFUSED: Readonly<Record<string, readonly [code: string, bytes: Uint8Array | string]>> = {
  'empty.png': ['IMAGE_EMPTY', ''],
  'empty.jpg': ['IMAGE_EMPTY', fixture('refused/empty.jpg')],
  'cut.jpg': ['IMAGE_TRUNCATED', fixture('refused/cut.jpg')],
  'cut.png': ['IMAGE_TRUNCATED', fixture('refused/cut.png')],
  'text.jpg': ['IMAGE_FORMAT_UNKNOWN', 'not a picture at all'],
  'page.png': ['IMAGE_FORMAT_UNKNOWN', fixture('refused/page.png')],
  'bomb.png': ['IMAGE_TOO_LARGE', fixture('refused/bomb.png')],
  'bomb.jpg': ['IMAGE_TOO_LARGE', fixture('refused/bomb.jpg')],
  'bomb.gif': ['IMAGE_TOO_LARGE', fixture('refused/bomb.gif')],
  'picture.heic': ['IMAGE_FORMAT_UNSUPPORTED', fixture('refused/picture.heic')],
  'raw.cr2': ['IMAGE_FORMAT_UNSUPPORTED', fixture('refused/canon.cr2')],
};

/** Unusual, but pictures: what is noted on the result. */
const NOTED: Readonly<Record<string, readonly [note: RegExp, file: string]>> = {
  'animated.gif': [/frame/i, 'images/animated.gif'],
  'animated.webp': [/frame/i, 'images/animated-lossless.webp'],
  'cmyk.jpg': [/CMYK/i, 'images/cmyk-adobe.jpg'],
  'deep.png': [/16/, 'images/rgb-16.png'],
  'turned.jpg': [/orientation/i, 'images/exif-orientation-6.jpg'],
  'one.png': [/1×1/, 'images/size-1x1.png'],
  'one.jpg': [/1×1/, 'images/size-1x1.jpg'],
};

const canLock = runsUnprivileged && canBeUnprivileged;
if (!canLock) process.stderr.write('\nSKIPPED: unreadable files; all are readable for root, and nobody else may run Node here\n');

describe('a folder of everything that goes wrong', () => {
  it('gives each file its own line, and judges the rest', async () => {
    const good = { 'good-1.png': await photoPng(1), 'zz-good-2.png': await photoPng(2) };
    const root = makeTree({
      ...Object.fromEntries(Object.entries(REFUSED).map(([name, [, bytes]]) => [name, bytes])),
      ...Object.fromEntries(Object.entries(NOTED).map(([name, [, file]]) => [name, fixture(file)])),
      ...good,
      'broken-link.png': { link: 'nowhere.png' },
      'self.png': { link: 'self.png' },
      'loop/back': { link: '..' },
      ...(canLock && { 'unreadable.png': await photoPng(3) }),
    });
    if (canLock) {
      chmodSync(`${root}/unreadable.png`, 0o000);
      mkdirSync(`${root}/unlistable`, { mode: 0o000 });
    }
    const locked = canLock ? ['unreadable.png', 'unlistable'] : [];
    const { code, stdout, stderr } = await syntrace(['detect', root, '--ndjson'], { unprivileged: canLock, cwd: root });
    expect(code, stderr).toBe(1);
    const lines = new Map(linesOf(stdout).map(line => [basename(line.path), line]));
    expect(lines.size).toBe(linesOf(stdout).length);
    expect([...lines.keys()].sort()).toEqual(
      [...Object.keys(REFUSED), ...Object.keys(NOTED), ...Object.keys(good), 'broken-link.png', 'self.png', ...locked].sort(),
    );
    const codes = Object.fromEntries([...lines].flatMap(([name, { error }]) => (error ? [[name, error.code]] : [])));
    expect(codes).toEqual({
      ...Object.fromEntries(Object.entries(REFUSED).map(([name, [expected]]) => [name, expected])),
      'broken-link.png': 'IMAGE_UNREADABLE',
      'self.png': 'IMAGE_UNREADABLE',
      ...Object.fromEntries(locked.map(name => [name, 'IMAGE_UNREADABLE'])),
    });
    for (const { path, error } of lines.values()) {
      if (!error) continue;
      expect(error.message, path).toContain(basename(path));
      expect(error.hint, path).toBeTruthy();
    }
    for (const [name, [note]] of Object.entries(NOTED)) {
      expect(
        lines
          .get(name)!
          .warnings!.map(({ message }) => message)
          .join(' '),
        name,
      ).toMatch(note);
      expect(['real', 'synthetic', 'inconclusive']).toContain(lines.get(name)!.verdict);
    }
    for (const name of Object.keys(good)) expect(Number.isFinite(lines.get(name)!.score), name).toBe(true);
  });

  it('says of formats that are not read which they are, and what to do', async () => {
    const root = makeTree({ 'a.heic': fixture('refused/picture.heic'), 'b.jxl': fixture('refused/container.jxl'), 'c.jp2': fixture('refused/container.jp2') });
    const lines = linesOf((await syntrace(['detect', root, '--ndjson'])).stdout);
    expect(lines.map(({ error }) => error?.code)).toEqual(['IMAGE_FORMAT_UNSUPPORTED', 'IMAGE_FORMAT_UNSUPPORTED', 'IMAGE_FORMAT_UNSUPPORTED']);
    expect(lines.map(({ error }) => error?.message)).toEqual([
      expect.stringMatching(/HEI[CF]/),
      expect.stringMatching(/JPEG XL/),
      expect.stringMatching(/JPEG 2000/),
    ]);
    for (const { error } of lines) expect(error!.hint).toBeTruthy();
  });
});
