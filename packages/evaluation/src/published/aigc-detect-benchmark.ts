import type { PublishedTable } from './published-table.js';

/** Accuracy of eleven methods on AIGCDetectBenchmark. */
export const AIGC_DETECT_BENCHMARK: PublishedTable = {
  layout: 'aigcdetectbenchmark',
  title: 'AIGCDetectBenchmark',
  source:
    "README of chuangchuangtan/NPR-DeepfakeDetection, state of August 2024: ten methods by the benchmark's authors, NPR by model_epoch_last_3090.pth. StarGAN and GauGAN of NPR as corrected there on 2024-06-26 (99.6 and 85.4; older copies have 85.4 and 98.1)",
  generators: [
    'ProGAN',
    'StyleGAN',
    'BigGAN',
    'CycleGAN',
    'StarGAN',
    'GauGAN',
    'StyleGAN2',
    'WFIR',
    'ADM',
    'Glide',
    'Midjourney',
    'SDv1.4',
    'SDv1.5',
    'VQDM',
    'Wukong',
    'DALLE2',
  ],
  methods: [
    { method: 'CNNSpot', accuracy: [100, 90.17, 71.17, 87.62, 94.6, 81.42, 86.91, 91.65, 60.39, 58.07, 51.39, 50.57, 50.53, 56.46, 51.03, 50.45] },
    { method: 'FreDect', accuracy: [99.36, 78.02, 81.97, 78.77, 94.62, 80.57, 66.19, 50.75, 63.42, 54.13, 45.87, 38.79, 39.21, 77.8, 40.3, 34.7] },
    { method: 'Fusing', accuracy: [100, 85.2, 77.4, 87, 97, 77, 83.3, 66.8, 49, 57.2, 52.2, 51, 51.4, 55.1, 51.7, 52.8] },
    { method: 'GramNet', accuracy: [99.99, 87.05, 67.33, 86.07, 95.05, 69.35, 87.28, 86.8, 58.61, 54.5, 50.02, 51.7, 52.16, 52.86, 50.76, 49.25] },
    { method: 'LNP', accuracy: [99.67, 91.75, 77.75, 84.1, 99.92, 75.39, 94.64, 70.85, 84.73, 80.52, 65.55, 85.55, 85.67, 74.46, 82.06, 88.75] },
    { method: 'LGrad', accuracy: [99.83, 91.08, 85.62, 86.94, 99.27, 78.46, 85.32, 55.7, 67.15, 66.11, 65.35, 63.02, 63.67, 72.99, 59.55, 65.45] },
    { method: 'DIRE-G', accuracy: [95.19, 83.03, 70.12, 74.19, 95.47, 67.79, 75.31, 58.05, 75.78, 71.75, 58.01, 49.74, 49.83, 53.68, 54.46, 66.48] },
    { method: 'DIRE-D', accuracy: [52.75, 51.31, 49.7, 49.58, 46.72, 51.23, 51.72, 53.3, 98.25, 92.42, 89.45, 91.24, 91.63, 91.9, 90.9, 92.45] },
    { method: 'UnivFD', accuracy: [99.81, 84.93, 95.08, 98.33, 95.75, 99.47, 74.96, 86.9, 66.87, 62.46, 56.13, 63.66, 63.49, 85.31, 70.93, 50.75] },
    { method: 'RPTCon', accuracy: [100, 92.77, 95.8, 70.17, 99.97, 71.58, 89.55, 85.8, 82.17, 83.79, 90.12, 95.38, 95.3, 88.91, 91.07, 96.6] },
    { method: 'NPR', accuracy: [99.9, 96.1, 87.3, 90.3, 99.6, 85.4, 98.1, 60.7, 84.9, 96.7, 92.6, 97.4, 97.5, 90.1, 91.7, 99.6] },
  ],
};
