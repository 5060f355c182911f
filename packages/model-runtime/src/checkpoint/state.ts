import type { PickleValue } from './pickle/values.js';
import type { Refuse } from './refuse.js';
import { type CheckpointTensor, isTensor, tensorOf } from './tensors.js';

/** Entries under which training scripts and Lightning keep the state. */
const WRAPPERS = ['state_dict', 'model', 'network'];

/** A checkpoint's state: names as they stand in the file. */
export interface CheckpointState {
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
  /** The entry it was found in, or `null` for a file that is nothing but the state. */
  readonly wrapper: string | null;
}

/** Finds the state in an unpickled object: a dictionary of tensors, or the entry that holds one. */
export function stateOf(value: PickleValue, storages: ReadonlyMap<string, Uint8Array>, refuse: Refuse): CheckpointState {
  if (!(value instanceof Map)) return refuse('it holds no dictionary');
  const wrapper = WRAPPERS.find(name => value.get(name) instanceof Map) ?? null;
  const state = wrapper === null ? value : (value.get(wrapper) as Map<PickleValue, PickleValue>);
  const tensors = new Map<string, CheckpointTensor>();
  for (const [name, tensor] of state) {
    if (typeof name !== 'string') return refuse('its state has an entry whose name is no text');
    if (!isTensor(tensor)) return refuse(`its entry ${name} is no tensor, and it has no entry ${WRAPPERS.join(' or ')}`);
    tensors.set(name, tensorOf(name, tensor, storages, refuse));
  }
  return { tensors, wrapper };
}
