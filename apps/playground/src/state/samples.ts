import licences from '../../../../examples/demo/LICENSES.txt?url';
import manifest from '../../../../examples/demo/manifest.json';
import type { Named } from '../engine/protocol.js';

/** Pictures of the demo that are offered here: different generators, each file format. */
const addresses = import.meta.glob<string>(
  [
    '../../../../examples/demo/pictures/real-hopper.jpg',
    '../../../../examples/demo/pictures/idealo-gans-x4-cat.jpg',
    '../../../../examples/demo/pictures/real-cat.jpg',
    '../../../../examples/demo/pictures/cyclegan-vintage-road.jpg',
    '../../../../examples/demo/pictures/real-city.png',
    '../../../../examples/demo/pictures/realesrgan-x4plus-meadow.jpg',
    '../../../../examples/demo/pictures/real-arches.jpg',
    '../../../../examples/demo/pictures/cartoon-light-arches.jpg',
    '../../../../examples/demo/pictures/idealo-gans-x4-meadow.webp',
    '../../../../examples/demo/pictures/real-rocket.jpg',
  ],
  { query: '?url', import: 'default', eager: true },
);

export interface Sample {
  readonly name: string;
  readonly address: string;
  readonly truth: 'real' | 'synthetic';
  readonly generator: string | null;
  readonly title: string;
  readonly author: string;
  readonly licence: string;
}

interface Entry {
  readonly file: string;
  readonly truth: string;
  readonly generator?: { readonly name: string; readonly kind: string };
  readonly source: { readonly title: string; readonly author: string; readonly licence: string };
}

export const SAMPLES: readonly Sample[] = Object.entries(addresses).map(([path, address]) => {
  const name = path.split('/').at(-1)!;
  const { truth, generator, source } = (manifest.pictures as readonly Entry[]).find(({ file }) => file === `pictures/${name}`)!;
  return {
    name,
    address,
    truth: truth === 'real' ? 'real' : 'synthetic',
    generator: generator ? `${generator.name}, ${generator.kind}` : null,
    title: source.title,
    author: source.author,
    licence: source.licence,
  };
});

/** The notices that the MIT pictures need. */
export const LICENCES = licences;

export async function fetchSamples(samples: readonly Sample[]): Promise<readonly Named[]> {
  return Promise.all(samples.map(async ({ name, address }) => ({ name, file: await (await fetch(address)).blob() })));
}
