/** A reflected CRC of 32 bits. O(bytes) */
function crcOf(polynomial: number): (bytes: Uint8Array) => number {
  const table = Uint32Array.from({ length: 256 }, (_, byte) =>
    Array.from({ length: 8 }).reduce<number>(crc => (crc & 1 ? polynomial ^ (crc >>> 1) : crc >>> 1), byte),
  );
  return bytes => ~bytes.reduce((crc, byte) => table[(crc ^ byte) & 255]! ^ (crc >>> 8), -1) >>> 0;
}

/** CRC-32 (ISO 3309) of a zip entry. */
export const crc32 = crcOf(0xedb88320);

const crc32c = crcOf(0x82f63b78);
/** CRC-32C (Castagnoli) as TensorFlow and LevelDB keep it: turned by 15 bits, a constant added. */
export function maskedCrc32c(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
