/** For the next 16 bits: the symbol that they start with, its code's length in the upper byte; 0 where no code begins so. */
export type HuffmanTable = Uint16Array;

/** Reads the tables of a DHT segment (ITU-T T.81, B.2.4.2 and annex C): class · 16 + number → table. @throws Error */
export function readHuffmanTables(body: Uint8Array, into: Map<number, HuffmanTable>): void {
  for (let at = 0; at < body.length; ) {
    const counts = body.subarray(at + 1, at + 17);
    const symbols = body.subarray(at + 17);
    into.set(body[at]!, tableOf(counts, symbols));
    at += 17 + counts.reduce((sum, count) => sum + count, 0);
  }
}

/** Codes are dealt in order of their length, each one more than the last. */
function tableOf(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const table = new Uint16Array(65536);
  let [from, next] = [0, 0];
  for (let length = 1; length <= 16; length++) {
    for (let i = 0; i < (counts[length - 1] ?? 0); i++) {
      const to = from + (1 << (16 - length));
      const symbol = symbols[next++];
      if (to > 65536 || symbol === undefined) throw new Error('Bogus Huffman table definition');
      table.fill((length << 8) | symbol, from, to);
      from = to;
    }
  }
  return table;
}
