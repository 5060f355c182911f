import type { PublishedTable } from './published-table.js';

/** Accuracy and average precision of twelve methods on ForenSynths. */
export const FOREN_SYNTHS: PublishedTable = {
  layout: 'forensynths',
  title: 'ForenSynths',
  source: 'Tan et al., CVPR 2024, table 1, as its README printed it',
  generators: ['ProGAN', 'StyleGAN', 'StyleGAN2', 'BigGAN', 'CycleGAN', 'StarGAN', 'GauGAN', 'Deepfake'],
  methods: [
    { method: 'CNNDetection', accuracy: [91.4, 63.8, 76.4, 52.9, 72.7, 63.8, 63.9, 51.7], averagePrecision: [99.4, 91.4, 97.5, 73.3, 88.6, 90.8, 92.2, 62.3] },
    { method: 'Frank', accuracy: [90.3, 74.5, 73.1, 88.7, 75.5, 99.5, 69.2, 60.7], averagePrecision: [85.2, 72, 71.4, 86, 71.2, 99.5, 77.4, 49.1] },
    { method: 'Durall', accuracy: [81.1, 54.4, 66.8, 60.1, 69, 98.1, 61.9, 50.2], averagePrecision: [74.4, 52.6, 62, 56.3, 64, 98.1, 57.4, 50] },
    { method: 'Patchfor', accuracy: [97.8, 82.6, 83.6, 64.7, 74.5, 100, 57.2, 85], averagePrecision: [100, 93.1, 98.5, 69.5, 87.2, 100, 55.4, 93.2] },
    { method: 'F3Net', accuracy: [99.4, 92.6, 88, 65.3, 76.4, 100, 58.1, 63.5], averagePrecision: [100, 99.7, 99.8, 69.9, 84.3, 100, 56.7, 78.8] },
    { method: 'SelfBland', accuracy: [58.8, 50.1, 48.6, 51.1, 59.2, 74.5, 59.2, 93.8], averagePrecision: [65.2, 47.7, 47.4, 51.9, 65.3, 89.2, 65.5, 99.3] },
    { method: 'GANDetection', accuracy: [82.7, 74.4, 69.9, 76.3, 85.2, 68.8, 61.4, 60], averagePrecision: [95.1, 92.9, 87.9, 89.9, 95.5, 99.7, 75.8, 83.9] },
    { method: 'BiHPF', accuracy: [90.7, 76.9, 76.2, 84.9, 81.9, 94.4, 69.5, 54.4], averagePrecision: [86.2, 75.1, 74.7, 81.7, 78.9, 94.4, 78.1, 54.6] },
    { method: 'FrePGAN', accuracy: [99, 80.7, 84.1, 69.2, 71.1, 99.9, 60.3, 70.9], averagePrecision: [99.9, 89.6, 98.6, 71.1, 74.4, 100, 71.7, 91.9] },
    { method: 'LGrad', accuracy: [99.9, 94.8, 96, 82.9, 85.3, 99.6, 72.4, 58], averagePrecision: [100, 99.9, 99.9, 90.7, 94, 100, 79.3, 67.9] },
    { method: 'Ojha', accuracy: [99.7, 89, 83.9, 90.5, 87.9, 91.4, 89.9, 80.2], averagePrecision: [100, 98.7, 98.4, 99.1, 99.8, 100, 100, 90.2] },
    { method: 'NPR', accuracy: [99.8, 96.3, 97.3, 87.5, 95, 99.7, 86.6, 77.4], averagePrecision: [100, 99.8, 100, 94.5, 99.5, 100, 88.8, 86.2] },
  ],
};
