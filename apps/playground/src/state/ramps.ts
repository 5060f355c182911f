import type { ColourMap } from '@syntrace/core';
import type { Drawing } from '../engine/protocol.js';
import { ask } from './engines.js';

const made = new Map<ColourMap, Promise<Drawing>>();

/** The colours of a map from low to high, as the kernels draw them. */
export function ramp(map: ColourMap): Promise<Drawing> {
  const known = made.get(map);
  if (known) return known;
  const drawing = ask(engine => engine.ramp(map));
  made.set(map, drawing);
  drawing.catch(() => made.delete(map));
  return drawing;
}
