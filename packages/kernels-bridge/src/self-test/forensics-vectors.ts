// Written by scripts/self-test-vectors.py (NumPy, SciPy, float64); not by hand.
// biome-ignore format: generated
export const vectors = {
  watermarkVotes: [0.0, 0.5, 0.0, 1.0],
  gridFit: [0.941793272, 7.5, 0.681224556, 8.75, 0.958291167, 6.75, 0.94566949, 7.0, 0.816426119, 8.0, 1.12602633, 6.75, 1.35004254, 7.5, 0.30721882, 6.0, 1.00883956, 8.0, 0.755565501],
  gridFitMap: [1.05649447, 1.08129895, 0.967780866, 0.819470403],
} as const;
