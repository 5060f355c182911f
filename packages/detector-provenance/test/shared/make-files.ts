/** Small files with any metadata, for tests of hostile ones. Checksums are left out: nothing here reads them. */

export const ascii = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, char => char.charCodeAt(0));

export function joined(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

const u32 = (value: number): Uint8Array => Uint8Array.of(value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255);

export const box = (name: string, ...content: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const inside = joined(...content);
  return joined(u32(8 + inside.length), ascii(name), inside);
};

const chunk = (name: string, data: Uint8Array): Uint8Array => joined(u32(data.length), ascii(name), data, new Uint8Array(4));

/** Keyword, a zero, the bytes after it, the text. */
export const textChunk = (name: string, keyword: string, head: readonly number[], text: Uint8Array): Uint8Array =>
  chunk(name, keyword === '' ? text : joined(ascii(`${keyword}\0`), Uint8Array.from(head), text));

export function pngWith(...parts: readonly (Uint8Array | { readonly header: Uint8Array })[]): Uint8Array<ArrayBuffer> {
  const given = parts.find(part => !(part instanceof Uint8Array)) as { readonly header: Uint8Array } | undefined;
  const header = given?.header ?? Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 4, 8, 2, 0, 0, 0);
  const chunks = parts.filter(part => part instanceof Uint8Array);
  return joined(ascii('\x89PNG\r\n\x1a\n'), chunk('IHDR', header), ...chunks, chunk('IEND', new Uint8Array()));
}

export const jpegSegment = (marker: number, ...content: readonly Uint8Array[]): Uint8Array => {
  const inside = joined(...content);
  return joined(Uint8Array.of(0xff, marker, (inside.length + 2) >> 8, (inside.length + 2) & 255), inside);
};

export const jpegWith = (...segments: readonly Uint8Array[]): Uint8Array => joined(Uint8Array.of(0xff, 0xd8), ...segments, Uint8Array.of(0xff, 0xd9));

/** A TIFF of one directory: tag, type, count, value or offset. */
export const tiffOf = (entries: readonly (readonly [tag: number, type: number, count: number, value: number])[]): Uint8Array =>
  joined(
    ascii('MM\0*'),
    u32(8),
    Uint8Array.of(0, entries.length),
    ...entries.map(([tag, type, count, value]) => joined(Uint8Array.of(tag >> 8, tag & 255, 0, type), u32(count), u32(value))),
    u32(0),
  );

export async function packed(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([data]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
