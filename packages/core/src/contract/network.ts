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
  /** Share of a batch in the running statistics while training. Default 0.1. */
  readonly momentum?: number;
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

/** Mean of a square window, without padding. */
export interface AveragePool {
  readonly kind: 'average-pool';
  readonly kernel: number;
  readonly stride: number;
}

/** Mean over the plane, any size: [n, c, h, w] → [n, c]. */
export interface GlobalAveragePool {
  readonly kind: 'global-average-pool';
}

/** [n, c, h, w] → [n, c·h·w]: the input has one size. */
export interface Flatten {
  readonly kind: 'flatten';
}

/** While training alone: values become 0 with probability `rate`, the others grow by 1/(1 − rate). */
export interface Dropout {
  readonly kind: 'dropout';
  readonly rate: number;
}

/** Wx + b. State: `NAME.weight` [to, from] and `NAME.bias` [to]. */
export interface Linear {
  readonly kind: 'linear';
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Of every token of [n, t, from]. Such layers are exported, not trained. */
  readonly tokens?: true;
}

/** Patches as tokens behind one that stands for the class, with what tells their places: [n, c, h, w] → [n, 1 + h·w, c]. State, without a point before the names:
 *  `class_embedding` [c], `positional_embedding` [1 + places, c]; h·w is `places`. Exported, not trained, as the layers below. */
export interface Tokens {
  readonly kind: 'tokens';
  readonly channels: number;
  readonly places: number;
}

/** (x − mean)/√(variance + epsilon)·weight + bias over the last axis. State: `NAME.weight`, `NAME.bias` [channels]. */
export interface LayerNorm {
  readonly kind: 'layer-norm';
  readonly name: string;
  readonly channels: number;
  readonly epsilon: number;
}

/** Attention of every token to all (Vaswani et al. 2017), [n, t, c] → the same. State as PyTorch's: `NAME.in_proj_weight` [3c, c], `.in_proj_bias` [3c], `.out_proj.weight` [c, c],
 *  `.out_proj.bias` [c]. O(n·t²·c). */
export interface Attention {
  readonly kind: 'attention';
  readonly name: string;
  readonly channels: number;
  readonly heads: number;
}

/** x·σ(1.702x), which CLIP takes for a GELU. */
export interface QuickGelu {
  readonly kind: 'quick-gelu';
}

/** The token of the class: [n, t, c] → [n, c]. */
export interface FirstToken {
  readonly kind: 'first-token';
}

/** x·P without a bias. State: `NAME` [from, to]. */
export interface Projection {
  readonly kind: 'projection';
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

export type Layer =
  | Convolution
  | BatchNorm
  | Relu
  | MaxPool
  | AveragePool
  | GlobalAveragePool
  | Flatten
  | Dropout
  | Linear
  | Residual
  | Tokens
  | LayerNorm
  | Attention
  | QuickGelu
  | FirstToken
  | Projection;

/** A network as data: what a checkpoint must hold, what is trained and what is exported follow from the layers. Names are those of PyTorch's state. */
export interface Network {
  readonly name: string;
  /** f32 [n, channels, h, w]; n, h and w are free. */
  readonly input: { readonly name: string; readonly channels: number };
  /** f32 [n, k] of the last layer; with `planes` [n, planes, h', w']. */
  readonly output: { readonly name: string; readonly planes?: number };
  readonly layers: readonly Layer[];
}
