export { type Dataset, type DatasetItem, openDataset, splitOf } from './dataset.js';
export { type Place, placeOf, type Split } from './layout.js';
export { type Perturbation, parsePerturbation, perturbedInput, recompress } from './perturbation.js';
export { leakage, trainingDataOf } from './training-data.js';
export { type FoundFile, type UnreadableFolder, walkFiles } from './walk.js';
