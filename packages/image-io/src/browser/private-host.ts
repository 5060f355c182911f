const V4 = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/;
const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/** Whether a URL's host (as the URL parser writes it) is localhost or a literal address outside the public internet (RFC 6890). */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  if (host === 'localhost' || host.endsWith('.localhost') || host.endsWith('.local')) return true;
  const v4 = V4.exec(host);
  if (v4) return isPrivateV4(Number(v4[1]), Number(v4[2]));
  const mapped = MAPPED.exec(host);
  if (mapped) return isPrivateV4(Number.parseInt(mapped[1]!, 16) >> 8, Number.parseInt(mapped[1]!, 16) & 255);
  return host.includes(':') && /^(::1?$|f[cd]|fe[89a-f]|ff|64:ff9b:|2001:0?:|2002:)/.test(host);
}

function isPrivateV4(a: number, b: number): boolean {
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && (b === 168 || b === 0)) ||
    (a === 198 && (b === 18 || b === 19))
  );
}
