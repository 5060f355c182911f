/** The few kinds of CBOR (RFC 8949) that a COSE signature needs. */
type Cbor = number | string | Uint8Array | null | readonly Cbor[] | ReadonlyMap<number | string, Cbor>;

function head(major: number, value: number): number[] {
  if (value < 24) return [(major << 5) | value];
  if (value < 256) return [(major << 5) | 24, value];
  return value < 65536 ? [(major << 5) | 25, value >> 8, value & 255] : [(major << 5) | 26, value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function encode(value: Cbor): number[] {
  if (value === null) return [0xf6];
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return [...head(3, new TextEncoder().encode(value).length), ...new TextEncoder().encode(value)];
  if (value instanceof Uint8Array) return [...head(2, value.length), ...value];
  if (value instanceof Map) return [...head(5, value.size), ...[...value].flatMap(([key, item]) => [...encode(key), ...encode(item)])];
  return [...head(4, (value as readonly Cbor[]).length), ...(value as readonly Cbor[]).flatMap(encode)];
}

/** COSE_Sign1 over a claim with ES256 and the certificates in the protected header (C2PA 2.2 §14), filled up to an exact size. */
export async function coseSign1(claim: Uint8Array, key: CryptoKey, chain: readonly Uint8Array[], size: number): Promise<Uint8Array> {
  const shielded = Uint8Array.from(
    encode(
      new Map<number, Cbor>([
        [1, -7],
        [33, chain],
      ]),
    ),
  );
  const signed = Uint8Array.from(encode(['Signature1', shielded, new Uint8Array(), claim]));
  const signature = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, signed));
  const whole = (padding: number) => [0xd2, ...encode([shielded, new Map([['pad', new Uint8Array(padding)]]), null, signature])];
  // The length of the padding's own head depends on the padding.
  const bare = whole(0).length;
  for (let padding = size - bare - 5; padding <= size - bare; padding++) {
    const bytes = whole(padding);
    if (bytes.length === size) return Uint8Array.from(bytes);
  }
  throw new Error(`${size} bytes do not hold the signature`);
}
