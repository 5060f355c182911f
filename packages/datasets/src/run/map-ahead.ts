/** Works on up to `parallel` items at one time and yields the results in the order of the items. O(parallel) memory.
 *  @throws the signal's reason, and whatever `work` throws, in its turn */
export async function* mapAhead<T, R>(
  items: Iterable<T>,
  parallel: number,
  work: (item: T, index: number) => Promise<R>,
  signal?: AbortSignal,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  let index = 0;
  try {
    for (const item of items) {
      signal?.throwIfAborted();
      const started = work(item, index++);
      // Its failure is thrown when its turn comes.
      started.catch(() => {});
      running.push(started);
      if (running.length >= parallel) yield await running.shift()!;
    }
    while (running.length > 0) {
      signal?.throwIfAborted();
      yield await running.shift()!;
    }
  } finally {
    await Promise.allSettled(running);
  }
}
