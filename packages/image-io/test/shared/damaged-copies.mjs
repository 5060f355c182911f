// Plain JavaScript: test/fixtures/record-node.mjs uses it too.

/** Copies of a file with one to three bytes changed, always the same ones.
 *  @param {Uint8Array<ArrayBuffer>} bytes
 *  @param {number} count
 *  @returns {Uint8Array<ArrayBuffer>[]} */
export function damagedCopies(bytes, count) {
  let state = 12345;
  const random = below => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % below;
  };
  return Array.from({ length: count }, (_, round) => {
    const damaged = bytes.slice();
    for (let i = 0; i <= round % 3; i++) damaged[random(bytes.length)] = random(256);
    return damaged;
  });
}
