/** A picture as near-duplicates are looked for. */
export interface Shaped {
  readonly path: string;
  readonly split: string | null;
  readonly label: 0 | 1;
  /** As in `Appearance`. */
  readonly shape: readonly number[];
  /** Flat pictures are all alike: below this many levels of contrast nothing is said. */
  readonly contrast: number;
}

export interface NearDuplicate {
  readonly paths: readonly [string, string];
  readonly splits: readonly [string | null, string | null];
  /** Cosine of the two shapes, 1 for the same. */
  readonly likeness: number;
  /** One is real, the other synthetic. */
  readonly contradicts: boolean;
}

/** Bits of a perceptual hash of 63 in which two near-duplicates may differ. */
const DISTANCE = 6;
const LIKENESS = 0.985;
const LEAST_CONTRAST = 8;

/** Pairs of different splits that look the same: perceptual hashes (signs of the low DCT coefficients around their median) at most 6 of 63 bits apart, and
 *  shapes with a cosine of 0.985 or more. Survives another encode, size and brightness; not a crop or a mirror image. O(pictures²) word operations. */
export function nearDuplicates(pictures: readonly Shaped[]): readonly NearDuplicate[] {
  const known = pictures.filter(({ contrast }) => contrast >= LEAST_CONTRAST);
  const hashes = known.map(({ shape }) => hashOf(shape));
  const pairs: NearDuplicate[] = [];
  for (const [i, a] of known.entries()) {
    for (let j = i + 1; j < known.length; j++) {
      const b = known[j]!;
      if (a.split === b.split || distance(hashes[i]!, hashes[j]!) > DISTANCE) continue;
      const likeness = cosine(a.shape, b.shape);
      if (likeness >= LIKENESS) pairs.push({ paths: [a.path, b.path], splits: [a.split, b.split], likeness, contradicts: a.label !== b.label });
    }
  }
  return pairs;
}

type Hash = readonly [number, number];

function hashOf(shape: readonly number[]): Hash {
  const median = [...shape].sort((a, b) => a - b)[shape.length >> 1]!;
  const words: [number, number] = [0, 0];
  shape.forEach((value, i) => {
    if (value > median) words[i >> 5]! |= 1 << (i & 31);
  });
  return words;
}

const distance = (a: Hash, b: Hash): number => bitsIn(a[0] ^ b[0]) + bitsIn(a[1] ^ b[1]);

function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function cosine(a: readonly number[], b: readonly number[]): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0;
}
