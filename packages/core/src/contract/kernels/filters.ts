/** Filters and noise of perturbations. The rules of all kernels hold (see `Kernels`). */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the operations of this theme
export interface FilterKernels {}
