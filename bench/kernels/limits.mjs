/** What holds a kernel back where it misses a goal, as profiles have shown it: for figures of that kind, kernels of those names. The first that fits counts. */
export const limits = [];
