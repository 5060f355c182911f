/** What a plugin can be, with what its template shows. */
export const KINDS = {
  image: 'judges single pictures',
  collection: 'judges a pile of pictures at once',
  onnx: 'judges single pictures by an ONNX model, without code',
  kernels: 'a numeric backend',
} as const;

export type Kind = keyof typeof KINDS;

export const isKind = (text: string): text is Kind => Object.hasOwn(KINDS, text);
