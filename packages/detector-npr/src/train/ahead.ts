/** What `work` makes of the items, in their order, with up to `most` of them under way. After a failure nothing more is begun. */
export async function* ahead<T, R>(items: readonly T[], most: number, work: (item: T, index: number) => Promise<R>): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  let next = 0;
  const begin = () => {
    const started = work(items[next]!, next);
    next++;
    // Its failure is thrown when its turn comes.
    started.catch(() => {});
    running.push(started);
  };
  try {
    while (next < items.length && running.length < most) begin();
    while (running.length > 0) {
      const done = await running.shift()!;
      if (next < items.length) begin();
      yield done;
    }
  } finally {
    await Promise.allSettled(running);
  }
}
