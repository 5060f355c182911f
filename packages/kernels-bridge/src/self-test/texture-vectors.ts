// Written by scripts/self-test-vectors.py (NumPy, SciPy, float64); not by hand.
// biome-ignore format: generated
export const vectors = {
  quantise: [0.0, 30.0, 0.0, 86.0, 0.0, 142.0, 0.0, 198.0, 0.0, 255.0, 25.0, 0.0, 81.0],
  haralick: [0.0508270321, 6.2826087, 4.41697143],
  colourPlanes: [180.0, 68.0, 180.0, 142.0, 68.0, 142.0, 68.0, 180.0, 142.0, 68.0, 142.0, 68.0, 180.0],
  csd: [2.72266414, 40.0],
} as const;
