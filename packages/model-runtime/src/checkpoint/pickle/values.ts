import type { Global, StorageType } from './globals.js';

/** A run of elements in the container, by its key. */
export class StorageReference {
  constructor(
    readonly key: string,
    readonly type: StorageType,
    readonly count: number,
  ) {}
}

/** A tensor as the pickle describes it; sizes and strides in elements. */
export class TensorReference {
  constructor(
    readonly storage: StorageReference,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {}
}

/** Something that is passed over. */
export class InertObject {
  constructor(readonly name: string) {}
}

/** The name of a class or function. */
export class GlobalReference {
  constructor(readonly global: Global) {}
}

/** A dictionary is a Map, so that no key of a file can reach a prototype. Lists and tuples are arrays. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | StorageReference
  | TensorReference
  | InertObject
  | GlobalReference;
