/** Where two values differ (numbers bit by bit, but NaN equals NaN), as a path, or `null` when they are equal. Typed arrays, maps and plain data. */
export function difference(a: unknown, b: unknown, path = 'value'): string | null {
  if (Object.is(a, b)) return null;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return `${path}: ${show(a)} and ${show(b)}`;
  if (a instanceof Map && b instanceof Map) return difference([...a], [...b], path);
  const [keysOfA, keysOfB] = [Object.keys(a), Object.keys(b)];
  if (keysOfA.length !== keysOfB.length) return `${path}: ${keysOfA.length} and ${keysOfB.length} parts`;
  for (const key of keysOfA) {
    const found = difference((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], `${path}.${key}`);
    if (found) return found;
  }
  return null;
}

const show = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value));
