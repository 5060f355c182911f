/** Unpacks a stream up to a limit: a bomb costs no more than the limit. `null` when it is damaged or too long. */
export async function inflate(data: Uint8Array, most: number, format: 'deflate' | 'gzip' = 'deflate'): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of unpacked([data], format)) {
      length += piece.length;
      if (length > most) return null;
      pieces.push(piece);
    }
  } catch {
    return null;
  }
  const all = new Uint8Array(length);
  pieces.reduce((at, piece) => {
    all.set(piece, at);
    return at + piece.length;
  }, 0);
  return all;
}

/** Pieces as they are unpacked; the caller may stop at any of them. @throws where the data is damaged */
export async function* unpacked(data: readonly Uint8Array[], format: 'deflate' | 'gzip' = 'deflate'): AsyncGenerator<Uint8Array, undefined> {
  const reader = new Blob([...(data as readonly Uint8Array<ArrayBuffer>[])]).stream().pipeThrough(new DecompressionStream(format)).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
    return undefined;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
