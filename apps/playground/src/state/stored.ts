import { effect, type Signal, signal } from '@preact/signals';

/** A signal that the browser remembers, where it lets pages remember. `read` checks what was stored and throws for what is no longer valid. */
export function stored<T>(name: string, initial: T, read: (value: T) => T): Signal<T> {
  const key = `syntrace-playground/${name}`;
  const state = signal(initial);
  try {
    const text = localStorage.getItem(key);
    if (text !== null) state.value = read(JSON.parse(text) as T);
  } catch {
    // Storage is refused, or holds something of an older version.
  }
  effect(() => {
    const text = JSON.stringify(state.value);
    try {
      localStorage.setItem(key, text);
    } catch {
      // Not remembered then.
    }
  });
  return state;
}
