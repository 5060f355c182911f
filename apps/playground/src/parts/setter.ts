import type { Signal } from '@preact/signals';

/** A listener that puts what it hears into a signal. */
export const setter =
  <T>(state: Signal<T>) =>
  (value: T): void => {
    state.value = value;
  };
