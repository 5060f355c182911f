/** Many at a time, or one alone: libvips keeps one error text for the whole process, so that failures side by side mix their words. */
export class Turns {
  private readonly running = new Set<Promise<unknown>>();
  private alone: Promise<unknown> | undefined;

  async beside<T>(work: () => Promise<T>): Promise<T> {
    while (this.alone) await this.alone;
    const done = work();
    const settled = done.catch(() => {});
    this.running.add(settled);
    try {
      return await done;
    } finally {
      this.running.delete(settled);
    }
  }

  async byItself<T>(work: () => Promise<T>): Promise<T> {
    while (this.alone) await this.alone;
    const done = Promise.all(this.running).then(work);
    const settled = done.catch(() => {});
    this.alone = settled;
    try {
      return await done;
    } finally {
      this.alone = undefined;
    }
  }
}
