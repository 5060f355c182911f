import type { OpenDetector } from '@syntrace/core';

/** Detectors opened by their contract, once each, to draw what they saw. */
export class Opened {
  private readonly open = new Map<string, Promise<OpenDetector>>();

  get(id: string, open: () => Promise<OpenDetector>): Promise<OpenDetector> {
    const known = this.open.get(id);
    if (known) return known;
    const opening = open();
    this.open.set(id, opening);
    opening.catch(() => this.open.delete(id));
    return opening;
  }

  async close(): Promise<void> {
    const open = [...this.open.values()];
    this.open.clear();
    await Promise.allSettled(open.map(async each => (await each).close()));
  }
}
