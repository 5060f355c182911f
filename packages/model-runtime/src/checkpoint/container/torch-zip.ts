import { Cursor } from '../cursor.js';
import { readPickle } from '../pickle/read-pickle.js';
import type { PickleValue } from '../pickle/values.js';
import type { Refuse } from '../refuse.js';
import { readStoredZip } from './zip.js';

/** What a container gives: the pickled object, and the bytes of its storages by key. */
export interface Unpacked {
  readonly value: PickleValue;
  readonly storages: ReadonlyMap<string, Uint8Array>;
}

/** PyTorch's format since 1.6: one folder with `data.pkl`, `data/KEY` and `version`, perhaps `byteorder` and others that start with a dot. */
export function readTorchZip(bytes: Uint8Array, file: string, refuse: Refuse): Unpacked {
  const files = readStoredZip(bytes, refuse);
  const pickles = [...files.keys()].filter(name => /^[^/]+\/data\.pkl$/.test(name));
  if (pickles.length !== 1) return refuse(`it is a zip with ${pickles.length} files data.pkl, PyTorch writes one`);
  const root = pickles[0]!.slice(0, -'data.pkl'.length);
  const foreign = [...files.keys()].find(name => !name.startsWith(root));
  if (foreign) refuse(`its entry ${foreign} lies outside ${root}`);
  const order = files.get(`${root}byteorder`);
  if (order && new TextDecoder().decode(order) !== 'little') refuse('its numbers are big-endian');
  const prefix = `${root}data/`;
  const storages = new Map([...files].flatMap(([name, data]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), data] as const] : [])));
  return { value: readPickle(new Cursor(files.get(pickles[0]!)!, refuse), file, refuse), storages };
}
