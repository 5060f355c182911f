// A folder with pictures and with everything that is not one.
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noisyPng } from '../png.mjs';

/** A PNG header that promises 30000 x 30000 samples, and no samples. */
function headerBomb() {
  const png = Buffer.from(noisyPng(8, 8));
  png.writeUInt32BE(30_000, 16);
  png.writeUInt32BE(30_000, 20);
  return png;
}

/** Three pictures that can be judged, by name. */
export function writePictures(folder, count = 3) {
  mkdirSync(folder, { recursive: true });
  const names = Array.from({ length: count }, (_, index) => `picture-${String(index).padStart(3, '0')}.png`);
  for (const [index, name] of names.entries()) writeFileSync(join(folder, name), noisyPng(300 + (index % 7), 280, index + 1));
  return names;
}

/** Files that cannot be judged: what is wrong, by name. */
export function writeBadFiles(folder) {
  mkdirSync(folder, { recursive: true });
  const whole = noisyPng(200, 200);
  const files = {
    'empty.png': Buffer.alloc(0),
    'truncated.png': whole.subarray(0, whole.length / 3),
    'text.jpg': Buffer.from('no picture at all\n'),
    'bomb.png': headerBomb(),
  };
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  symlinkSync('nowhere.png', join(folder, 'broken-link.png'));
  mkdirSync(join(folder, 'loop'));
  symlinkSync('..', join(folder, 'loop', 'back'));
  const names = [...Object.keys(files), 'broken-link.png'];
  if (process.getuid?.() !== 0) {
    writeFileSync(join(folder, 'unreadable.png'), whole);
    chmodSync(join(folder, 'unreadable.png'), 0o000);
    names.push('unreadable.png');
  }
  return names;
}
