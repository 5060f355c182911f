/** Distances between rows and their principal axes. The rules of all kernels hold (see `Kernels`). */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the operations of this theme
export interface NeighbourKernels {}
