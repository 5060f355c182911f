import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const filesIn = (...path) => {
  const folder = join(...path);
  return readdirSync(folder)
    .filter(name => /\.(jpe?g|png|webp)$/i.test(name))
    .sort()
    .map(name => join(folder, name));
};

const SPLITS = ['train', 'val', 'test'];

/** Pictures of a generator of the bench and the photographs beside them, of all splits: nothing is trained here. */
export const generator = (bench, name) => ({
  fake: SPLITS.flatMap(split => filesIn(bench, split, name, '1_fake')),
  real: SPLITS.flatMap(split => filesIn(bench, split, name, '0_real')),
});

export const generatorsIn = bench => readdirSync(join(bench, 'test')).sort();

/** The sets of the bench for blind clustering. */
export function setNamed(bench, name) {
  if (name === 'noisescope2') return { fake: filesIn(bench, name, 'fake'), real: filesIn(bench, name, 'real'), reference: filesIn(bench, name, 'reference') };
  const reference = filesIn(bench, 'noisescope', 'reference');
  if (name !== 'noisescope') return { ...generator(bench, name), reference };
  const { fakes } = JSON.parse(readFileSync(join(bench, name, 'noisescope.json'), 'utf8'));
  return { fake: fakes.map(path => join(bench, path)), real: filesIn(bench, name, 'real'), reference };
}
