/** Samples to encode: interleaved, 8 bits, 1 (grey), 3 (RGB) or 4 (RGBA) channels. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
