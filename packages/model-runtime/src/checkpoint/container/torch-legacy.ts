import { Cursor } from '../cursor.js';
import { readPickle } from '../pickle/read-pickle.js';
import { type PickleValue, TensorReference } from '../pickle/values.js';
import type { Refuse } from '../refuse.js';
import type { Unpacked } from './torch-zip.js';

/** 0x1950a86a20f9469cfc6c as a pickle of protocol 2: how every legacy file begins. */
const MAGIC = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
const PROTOCOL = 1001;

export const isTorchLegacy = (bytes: Uint8Array): boolean => MAGIC.every((byte, i) => bytes[i] === byte);

/** PyTorch's format before 1.6 (and of `_use_new_zipfile_serialization=False`): pickles of magic number, protocol, system, object and storage keys,
 *  then for each key the number of elements and their bytes. */
export function readTorchLegacy(bytes: Uint8Array, file: string, refuse: Refuse): Unpacked {
  const cursor = new Cursor(bytes, refuse, MAGIC.length);
  const next = (): PickleValue => readPickle(cursor, file, refuse);
  const protocol = next();
  if (protocol !== PROTOCOL) return refuse(`it has the protocol ${String(protocol)}, expected ${PROTOCOL}`);
  const system = next();
  if (system instanceof Map && system.get('little_endian') === false) refuse('its numbers are big-endian');
  const sizes = new Map<string, number>();
  const value = next();
  collect(value, sizes);
  const keys = next();
  if (!Array.isArray(keys)) return refuse('its list of storages is missing');
  const storages = new Map<string, Uint8Array>();
  for (const key of keys) {
    const size = typeof key === 'string' ? sizes.get(key) : undefined;
    if (size === undefined) return refuse(`its storage ${String(key)} belongs to no tensor`);
    const count = cursor.u64();
    storages.set(String(key), cursor.take(count * size));
  }
  return { value, storages };
}

/** Bytes of an element of each storage that a tensor somewhere in the object uses. */
function collect(root: PickleValue, sizes: Map<string, number>): void {
  const seen = new Set<PickleValue>();
  const pending = [root];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    if (value instanceof TensorReference) sizes.set(value.storage.key, value.storage.type.bytes);
    else if (value instanceof Map) pending.push(...value.keys(), ...value.values());
    else if (Array.isArray(value)) pending.push(...value);
  }
}
