import { expect } from 'vitest';
import { record } from './record.js';
import type { Tolerance } from './tolerances.js';

/** Fails with the worst element when a value is further off than allowed; `where` leaves elements out. */
export function expectClose(got: ArrayLike<number>, want: ArrayLike<number>, tolerance: Tolerance, where: (index: number) => boolean = () => true): void {
  expect(got.length).toBe(want.length);
  const { absolute = 0, relative = 0, ofLargest = 0 } = tolerance;
  let largest = 0;
  for (let i = 0; i < want.length; i++) if (Number.isFinite(want[i]!)) largest = Math.max(largest, Math.abs(want[i]!));
  let worst = { index: -1, excess: 0, got: 0, want: 0 };
  let [error, share] = [0, 0];
  for (let i = 0; i < want.length; i++) {
    if (!where(i) || Object.is(got[i], want[i])) continue;
    const [distance, allowed] = [Math.abs(got[i]! - want[i]!), absolute + ofLargest * largest + relative * Math.abs(want[i]!)];
    error = Math.max(error, distance);
    share = Math.max(share, allowed > 0 ? distance / allowed : 0);
    const excess = distance - allowed;
    // NaN is never close.
    if (!(excess <= worst.excess)) worst = { index: i, excess, got: got[i]!, want: want[i]! };
  }
  record(error, share);
  expect(worst.index, `element ${worst.index}: ${worst.got} for ${worst.want} (${tolerance.why})`).toBe(-1);
}
