import type { Layout } from './layout.js';
import { isSplit, placeOf, splitOfFolders } from './place.js';

interface Names {
  readonly id: string;
  readonly title: string;
  /** Folders of generators, as published. */
  readonly generators: readonly string[];
  /** Folders without a class folder below that hold real pictures. Where given, a generator's folder needs no class folder either. */
  readonly real?: readonly string[];
  /** Some folder must look like this. */
  readonly mark?: RegExp;
}

/** GenImage's folders inside a generator's: `imagenet_ai_0419_sdv4`. */
const GENIMAGE = /^imagenet_ai_\d+_/i;
/** MaskSim's folders of pictures that went through one encoder: `JPEG_Qrandom`, `JPEG_Q90`. */
const ENCODED = /^(jpeg|webp)_q\w+$/i;

/** Sets with a name. The lists are those of the sets' own releases and of the NPR repackaging. */
const NAMES: readonly Names[] = [
  {
    id: 'forensynths',
    title: 'ForenSynths (CNNDetection)',
    generators: [
      'progan',
      'stylegan',
      'stylegan2',
      'biggan',
      'cyclegan',
      'stargan',
      'gaugan',
      'deepfake',
      'crn',
      'imle',
      'san',
      'seeingdark',
      'whichfaceisreal',
    ],
  },
  {
    id: 'gangen-detection',
    title: 'GANGen-Detection',
    generators: ['AttGAN', 'BEGAN', 'CramerGAN', 'InfoMaxGAN', 'MMDGAN', 'RelGAN', 'S3GAN', 'SNGAN', 'STGAN'],
  },
  {
    id: 'diffusionforensics',
    title: 'DiffusionForensics (DIRE)',
    generators: ['adm', 'ddpm', 'iddpm', 'ldm', 'pndm', 'sdv1', 'sdv1_new', 'sdv1_new1', 'sdv1_new2', 'sdv2', 'vqdiffusion', 'if', 'dalle2', 'midjourney'],
    real: ['real'],
  },
  {
    id: 'universalfakedetect',
    title: 'UniversalFakeDetect',
    generators: ['dalle', 'glide_100_10', 'glide_100_27', 'glide_50_27', 'guided', 'ldm_100', 'ldm_200', 'ldm_200_cfg'],
    real: ['imagenet', 'laion'],
  },
  {
    id: 'diffusion1kstep',
    title: 'Diffusion1kStep',
    generators: ['DALLE', 'ddpm', 'guided-diffusion', 'improved-diffusion', 'midjourney'],
  },
  {
    id: 'genimage',
    title: 'GenImage',
    generators: ['ADM', 'BigGAN', 'glide', 'Midjourney', 'VQDM', 'wukong', 'stable_diffusion_v_1_4', 'stable_diffusion_v_1_5', 'sdv4', 'sdv5'],
  },
  {
    id: 'aigcdetectbenchmark',
    title: 'AIGCDetectBenchmark',
    generators: [
      'ProGAN',
      'StyleGAN',
      'BigGAN',
      'CycleGAN',
      'StarGAN',
      'GauGAN',
      'StyleGAN2',
      'WFIR',
      'whichfaceisreal',
      'ADM',
      'Glide',
      'Midjourney',
      'stable_diffusion_v_1_4',
      'stable_diffusion_v_1_5',
      'VQDM',
      'Wukong',
      'DALLE2',
      'sd_xl',
    ],
  },
  {
    id: 'masksim',
    title: "MaskSim's processed folders",
    generators: [
      'stable-diffusion-1-3',
      'stable-diffusion-1-4',
      'stable-diffusion-2',
      'stable-diffusion-xl',
      'dalle2',
      'dalle3',
      'midjourney-v5',
      'firefly',
      'newsynth',
      'polardiffshield',
    ],
    real: ['mit5k', 'coco_train', 'coco_val', 'dresden', 'hdrburst', 'raise', 'raise-1k'],
    mark: ENCODED,
  },
  {
    id: 'synthbuster',
    title: 'Synthbuster with RAISE-1k',
    generators: [
      'dalle2',
      'dalle3',
      'firefly',
      'glide',
      'midjourney-v5',
      'stable-diffusion-1-3',
      'stable-diffusion-1-4',
      'stable-diffusion-2',
      'stable-diffusion-xl',
    ],
    real: ['raise', 'raise-1k'],
  },
];

const plain = (folder: string): string =>
  folder
    .replace(GENIMAGE, '')
    .toLowerCase()
    .replace(/[-_ .]/g, '');

/** The layouts with names, most particular first. */
export const NAMED_LAYOUTS: readonly Layout[] = NAMES.map(named);

function named({ id, title, generators, real = [], mark }: Names): Layout {
  const made = new Set(generators.map(plain));
  const taken = new Set(real.map(plain));
  const knows = (folder: string) => made.has(plain(folder)) || taken.has(plain(folder));
  return {
    id,
    title,
    place(folders, rootName) {
      const classed = placeOf(folders, rootName);
      const generator = folders.find(folder => made.has(plain(folder)))?.replace(GENIMAGE, '');
      if (classed) return { ...classed, ...(generator && { group: generator }) };
      const own = real.length > 0 ? folders.findLast(knows) : undefined;
      return own === undefined ? null : { label: made.has(plain(own)) ? 1 : 0, group: own, split: splitOfFolders(folders) };
    },
    share(tree) {
      if (mark && !tree.some(folders => folders.some(folder => mark.test(folder)))) return 0;
      const groups = new Set(tree.flatMap(folders => plain(folders.find(knows) ?? folders.find(folder => !isSplit(folder)) ?? '') || []));
      const generatorsFound = [...groups].filter(group => made.has(group)).length;
      const found = [...groups].filter(group => made.has(group) || taken.has(group)).length;
      // One known name among strange ones is a coincidence.
      return generatorsFound > 1 || found === groups.size ? found / Math.max(1, groups.size) : 0;
    },
  };
}
