import { describe, expect, it } from 'vitest';
import { sizeOf } from './residual-options.js';

describe('sizeOf', () => {
  it('is that of the first picture unless it is given', () => {
    expect(sizeOf({})).toBeUndefined();
    expect(sizeOf({ imageSize: 128 })).toEqual({ width: 128, height: 128 });
  });

  it('is 256 in compat, as published, unless it is given', () => {
    expect(sizeOf({ compat: true })).toEqual({ width: 256, height: 256 });
    expect(sizeOf({ compat: true, imageSize: 512 })).toEqual({ width: 512, height: 512 });
  });
});
