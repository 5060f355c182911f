import type { Refuse } from '../refuse.js';
import { GlobalReference, InertObject, type PickleValue, StorageReference, TensorReference } from './values.js';

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isCounts = (value: unknown): value is number[] => Array.isArray(value) && value.every(isCount);

/** What `function(*args)` of the few known names gives; nothing is called. */
export function built(callee: PickleValue, args: PickleValue, refuse: Refuse): PickleValue {
  if (callee instanceof InertObject) return callee;
  if (!(callee instanceof GlobalReference) || !Array.isArray(args)) return refuse('it calls something that is no function');
  const { kind, name } = callee.global;
  switch (kind) {
    case 'ordered-dict':
      return orderedDict(args, refuse);
    case 'tuple':
      return Array.isArray(args[0]) ? args[0] : refuse(`${name} wants a tuple`);
    case 'parameter':
      return args[0] instanceof TensorReference ? args[0] : refuse(`${name} wants a tensor`);
    case 'tensor':
      return tensor(args, refuse);
    case 'storage':
      return refuse(`it makes a ${name} of its own`);
    case 'inert':
      return new InertObject(name);
  }
}

function orderedDict([pairs]: readonly PickleValue[], refuse: Refuse): PickleValue {
  if (pairs === undefined) return new Map();
  const isPair = (pair: PickleValue): pair is [PickleValue, PickleValue] => Array.isArray(pair) && pair.length === 2;
  return Array.isArray(pairs) && pairs.every(isPair) ? new Map(pairs) : refuse('an OrderedDict in it is not made of pairs');
}

function tensor([storage, offset, shape, strides]: readonly PickleValue[], refuse: Refuse): TensorReference {
  if (!(storage instanceof StorageReference)) return refuse('a tensor in it has no storage');
  if (!isCount(offset) || !isCounts(shape) || !isCounts(strides) || shape.length !== strides.length)
    return refuse(`a tensor in it has an offset, sizes or strides that are none: ${String(offset)}, [${String(shape)}], [${String(strides)}]`);
  return new TensorReference(storage, offset, shape, strides);
}

/** A persistent id: the tuple ('storage', type, key, device, elements[, view]). The device is nothing to us. */
export function storageOf(id: PickleValue, refuse: Refuse): StorageReference {
  if (!Array.isArray(id)) return refuse('a persistent id in it is no tuple');
  const [word, type, key, , count, view] = id;
  if (word !== 'storage' || !(type instanceof GlobalReference) || type.global.kind !== 'storage') return refuse('a persistent id in it names no storage');
  if (typeof key !== 'string' || !isCount(count)) return refuse('a storage in it has no key or no size');
  if (view !== undefined && view !== null) return refuse(`storage ${key} is a view of another, as PyTorch wrote before 0.4`);
  return new StorageReference(key, type.global.type, count);
}
