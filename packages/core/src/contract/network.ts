/** A 2-D convolution with square kernel and symmetric zero padding. State: `NAME.weight` [to, from, kernel, kernel], and `NAME.bias` [to] where it has one. */
export interface Convolution {
  readonly kind: 'convolution';
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly bias: boolean;
}

/** Batch normalisation by running statistics: (x − mean)/√(variance + epsilon)·weight + bias, per channel.
 *  State: `NAME.weight`, `.bias`, `.running_mean`, `.running_var` [channels]; `.num_batches_tracked` may be there and is not read. */
export interface BatchNorm {
  readonly kind: 'batch-norm';
  readonly name: string;
  readonly channels: number;
  readonly epsilon: number;
}

export interface Relu {
  readonly kind: 'relu';
}

/** Largest value of a square window; padding counts as minus infinity. */
export interface MaxPool {
  readonly kind: 'max-pool';
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** Mean over the plane, any size: [n, c, h, w] → [n, c]. */
export interface GlobalAveragePool {
  readonly kind: 'global-average-pool';
}

/** Wx + b. State: `NAME.weight` [to, from] and `NAME.bias` [to]. */
export interface Linear {
  readonly kind: 'linear';
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** body(x) + shortcut(x); an empty shortcut is x itself. */
export interface Residual {
  readonly kind: 'residual';
  readonly body: readonly Layer[];
  readonly shortcut: readonly Layer[];
}

export type Layer = Convolution | BatchNorm | Relu | MaxPool | GlobalAveragePool | Linear | Residual;

/** A network as data: what a checkpoint must hold, and what is exported, both follow from the layers. Names are those of PyTorch's state. */
export interface Network {
  readonly name: string;
  /** f32 [n, channels, h, w]; n, h and w are free. */
  readonly input: { readonly name: string; readonly channels: number };
  /** f32 [n, k] of the last layer. */
  readonly output: { readonly name: string };
  readonly layers: readonly Layer[];
}
