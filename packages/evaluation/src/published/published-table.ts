/** One method's figures in a published table, in per cent, in the order of the table's generators; `null` where none was printed. */
export interface PublishedMethod {
  readonly method: string;
  readonly accuracy: readonly number[];
  readonly averagePrecision?: readonly number[];
}

/** A table of the literature, to put one's own figures beside. */
export interface PublishedTable {
  /** Layout of the test set in `@syntrace/datasets`. */
  readonly layout: string;
  readonly title: string;
  /** Where the figures stand, and what was corrected. */
  readonly source: string;
  readonly generators: readonly string[];
  readonly methods: readonly PublishedMethod[];
}

/** Names of generators that a test set's folders spell otherwise. */
const SAME: readonly (readonly string[])[] = [
  ['wfir', 'whichfaceisreal'],
  ['sd14', 'sdv14', 'sdv4', 'stablediffusionv14'],
  ['sd15', 'sdv15', 'sdv5', 'stablediffusionv15'],
  ['vqdm', 'vqdiffusion'],
  ['sdv1', 'sdv1new', 'sdv1new1'],
  ['adm', 'guided', 'guideddiffusion'],
];

/** A generator's name as it is compared: without case, marks, and the spellings of {@link SAME}. */
export function generatorKey(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return SAME.find(names => names.includes(plain))?.[0] ?? plain;
}

/** Place of a generator in a table, or −1. */
export const placeIn = ({ generators }: PublishedTable, name: string): number => generators.findIndex(each => generatorKey(each) === generatorKey(name));

/** Unweighted mean over the generators, as the tables print it. */
export const meanOfMethod = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
