/** Upper bytes of 16-bit samples: `value >> 8`. */
export const upperBytes = (samples: Uint16Array): Uint8Array => Uint8Array.from(samples, value => value >> 8);
