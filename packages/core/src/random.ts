/** Seeded random numbers: the same seed gives the same numbers on every platform. */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  next(): number;
  /** Whole number in 0…n−1. */
  below(n: number): number;
  /** Fisher–Yates, in a copy. */
  shuffle<T>(items: readonly T[]): T[];
  /** An independent stream named by a word, whatever was drawn from this one. */
  fork(name: string): Random;
}

/** sfc32 (Chris Doty-Humphrey, PractRand), seeded by hashing seed and name with FNV-1a. */
export function seededRandom(seed: number, name = ''): Random {
  let [a, b, c, counter] = [hash(`${seed}/${name}/a`), hash(`${seed}/${name}/b`), hash(`${seed}/${name}/c`), 1];
  const draw = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) draw();
  const next = () => draw() / 4294967296;
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    shuffle(items) {
      const copy = [...items];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [copy[i], copy[j]] = [copy[j]!, copy[i]!];
      }
      return copy;
    },
    // Escaped as in a JSON pointer, so that fork('a/b') and fork('a').fork('b') differ.
    fork: child => seededRandom(seed, `${name}/${child.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  };
}

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) h = Math.imul(h ^ byte, 0x01000193);
  return h >>> 0;
}
