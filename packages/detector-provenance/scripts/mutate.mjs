// Changes to files that scanners fear: lengths, offsets, counts, order, ends. The same seed makes the same file.

/** mulberry32: numbers 0…1. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const EDGES = [0, 1, 2, 7, 8, 16, 127, 128, 255, 256, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff];
const WORDS = [
  'c2pa',
  'jumb',
  'jumd',
  'uuid',
  'meta',
  'iloc',
  'iinf',
  'infe',
  'Exif',
  'mime',
  'tEXt',
  'zTXt',
  'iTXt',
  'eXIf',
  'caBX',
  'IDAT',
  'C2PA',
  'XMP ',
  'EXIF',
  '8BIM',
  '<!DOCTYPE',
  '<x:',
  '</',
  '<![CDATA[',
  '&#x0;',
  'UNICODE\0',
  '{"AIGC":',
  'Steps: ',
];

/** One to eight changes. `others`: files to splice in. */
export function mutate(file, others, rnd) {
  let bytes = Uint8Array.from(file);
  const int = most => Math.floor(rnd() * most);
  for (let left = 1 + int(8); left > 0; left--) bytes = CHANGES[int(CHANGES.length)](bytes, int, others);
  return bytes;
}

const cut = (bytes, from, to, filling = new Uint8Array()) => {
  const all = new Uint8Array(bytes.length - (to - from) + filling.length);
  all.set(bytes.subarray(0, from));
  all.set(filling, from);
  all.set(bytes.subarray(to), from + filling.length);
  return all;
};

const write = (bytes, at, value, size, little) => {
  for (let i = 0; i < size && at + i < bytes.length; i++) bytes[at + i] = Math.floor(value / 256 ** (little ? i : size - 1 - i)) & 255;
  return bytes;
};

/** Metadata stands at the start, so that most changes should too. */
const place = (bytes, int) => (int(3) > 0 ? int(Math.min(bytes.length, 4096)) : int(bytes.length));

const CHANGES = [
  (bytes, int) => write(bytes, place(bytes, int), int(256), 1),
  (bytes, int) => {
    const at = place(bytes, int);
    if (at < bytes.length) bytes[at] ^= 1 << int(8);
    return bytes;
  },
  (bytes, int) => write(bytes, place(bytes, int), EDGES[int(EDGES.length)], [1, 2, 4, 8][int(4)], int(2) > 0),
  (bytes, int) => bytes.subarray(0, int(bytes.length + 1)),
  (bytes, int) => {
    const from = place(bytes, int);
    return cut(bytes, from, Math.min(bytes.length, from + int(64)));
  },
  (bytes, int) => {
    const from = place(bytes, int);
    const piece = bytes.slice(from, from + int(512));
    const at = place(bytes, int);
    return cut(bytes, at, at, piece);
  },
  (bytes, int) => {
    const [at, word] = [place(bytes, int), WORDS[int(WORDS.length)]];
    const text = Uint8Array.from(word, char => char.charCodeAt(0));
    return int(2) > 0 ? cut(bytes, at, Math.min(bytes.length, at + text.length), text) : cut(bytes, at, at, text);
  },
  (bytes, int, others) => {
    const other = others[int(others.length)];
    const from = place(other, int);
    const at = place(bytes, int);
    return cut(bytes, at, at, other.slice(from, from + int(2048)));
  },
  (bytes, int) => {
    const at = place(bytes, int);
    return cut(bytes, at, at, new Uint8Array(int(4096)).fill(EDGES[int(8)]));
  },
];
