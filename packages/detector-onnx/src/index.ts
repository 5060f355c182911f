export type { OnnxOutput, OnnxPreprocessing, OnnxView, Size } from './description.js';
export { onnxDetector } from './detector.js';
export type { OnnxEvidence } from './evidence.js';
