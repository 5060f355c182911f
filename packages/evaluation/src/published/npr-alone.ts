import type { PublishedTable } from './published-table.js';

/** NPR on DiffusionForensics. */
export const DIFFUSION_FORENSICS: PublishedTable = {
  layout: 'diffusionforensics',
  title: 'DiffusionForensics',
  source: "Tan et al., CVPR 2024, table 3, NPR's row as quoted by users in issue 4 of chuangchuangtan/NPR-DeepfakeDetection",
  generators: ['adm', 'ddpm', 'iddpm', 'ldm', 'pndm', 'sdv1_new', 'sdv2', 'vqdiffusion'],
  methods: [{ method: 'NPR', accuracy: [88.6, 99.8, 91.8, 100, 91.2, 97.4, 93.8, 100], averagePrecision: [98.9, 100, 99.8, 100, 100, 99.8, 100, 100] }],
};

/** NPR trained on Stable Diffusion 1.4, on GenImage. */
export const GEN_IMAGE: PublishedTable = {
  layout: 'genimage',
  title: 'GenImage (trained on SD 1.4)',
  source: 'README of chuangchuangtan/NPR-DeepfakeDetection, state of August 2024',
  generators: ['ADM', 'biggan', 'glide', 'midjourney', 'sdv5', 'vqdm', 'wukong'],
  methods: [{ method: 'NPR', accuracy: [87.8, 80.7, 93.2, 91.7, 94.4, 88.7, 94], averagePrecision: [96, 89.8, 99.1, 97.9, 99.9, 96.1, 99.7] }],
};
