export function random(seed: number): () => number;
export function mutate(file: Uint8Array, others: readonly Uint8Array[], rnd: () => number): Uint8Array;
