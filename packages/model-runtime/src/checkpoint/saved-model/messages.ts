/** Numbers of the fields that are looked at, of TensorFlow's tensor_bundle.proto, tensor_shape.proto, saved_model.proto, meta_graph.proto and
 *  saved_object_graph.proto (2.1), and of Keras's saved_metadata.proto (since 2.5). */
export const BUNDLE_HEADER = { shards: 1, endianness: 2 } as const;
export const BUNDLE_ENTRY = { type: 1, shape: 2, shard: 3, offset: 4, size: 5, checksum: 6, slices: 7 } as const;
export const TENSOR_SHAPE = { dimension: 2 } as const;
export const SHAPE_DIMENSION = { size: 1 } as const;
export const SAVED_MODEL = { metaGraphs: 2 } as const;
export const META_GRAPH = { objectGraph: 7 } as const;
export const OBJECT_GRAPH = { nodes: 1 } as const;
export const SAVED_OBJECT = { userObject: 4 } as const;
export const USER_OBJECT = { identifier: 1, metadata: 3 } as const;
export const KERAS_METADATA = { nodes: 1 } as const;
export const KERAS_NODE = { identifier: 4, metadata: 5 } as const;

/** Values of DataType that a variable can have here. */
export const DATA_TYPES: Readonly<
  Record<number, { readonly dtype: 'float32' | 'float64' | 'float16' | 'bfloat16' | 'int32' | 'int64'; readonly bytes: number }>
> = {
  1: { dtype: 'float32', bytes: 4 },
  2: { dtype: 'float64', bytes: 8 },
  3: { dtype: 'int32', bytes: 4 },
  9: { dtype: 'int64', bytes: 8 },
  14: { dtype: 'bfloat16', bytes: 2 },
  19: { dtype: 'float16', bytes: 2 },
};
