const TABLE = Uint32Array.from({ length: 256 }, (_, byte) =>
  Array.from({ length: 8 }).reduce<number>(crc => (crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1), byte),
);

/** CRC-32 (ISO 3309) of a zip entry. O(bytes) */
export const crc32 = (bytes: Uint8Array): number => ~bytes.reduce((crc, byte) => TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8), -1) >>> 0;
