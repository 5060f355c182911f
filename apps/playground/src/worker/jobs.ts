/** Jobs that the page may end by name. */
export class Jobs {
  private readonly running = new Map<string, AbortController>();

  async run<T>(name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.running.set(name, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.running.delete(name);
    }
  }

  cancel(name: string): void {
    this.running.get(name)?.abort();
  }
}
