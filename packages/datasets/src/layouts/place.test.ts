import { describe, expect, it } from 'vitest';
import { placeOf } from './place.js';

describe('placeOf', () => {
  it.each([
    ['0_real', { label: 0, group: 'root', split: null }],
    ['1_fake', { label: 1, group: 'root', split: null }],
    ['REAL', { label: 0, group: 'root', split: null }],
    ['nature', { label: 0, group: 'root', split: null }],
    ['ai', { label: 1, group: 'root', split: null }],
    ['synthetic', { label: 1, group: 'root', split: null }],
    ['train/0_real', { label: 0, group: 'root', split: 'train' }],
    ['training/1_fake', { label: 1, group: 'root', split: 'train' }],
    ['Validation/fake', { label: 1, group: 'root', split: 'val' }],
    ['valid/fake', { label: 1, group: 'root', split: 'val' }],
    ['test/stylegan/1_fake', { label: 1, group: 'stylegan', split: 'test' }],
    ['stylegan/test/1_fake', { label: 1, group: 'stylegan', split: 'test' }],
    ['gan/stylegan/0_real', { label: 0, group: 'gan/stylegan', split: null }],
    ['test/sd/1_fake/prompt-7/large', { label: 1, group: 'sd', split: 'test' }],
    // The nearest class folder counts: these are generated pictures of a generator that somebody named "real".
    ['real/esrgan/fake', { label: 1, group: 'real/esrgan', split: null }],
    ['1_fake/0_real', { label: 0, group: '1_fake', split: null }],
  ])('%s', (path, place) => {
    expect(placeOf(path.split('/'), 'root')).toEqual(place);
  });

  it.each([[''], ['train'], ['really'], ['0_real_2'], ['faces/fakes']])('%j names no class', path => {
    expect(placeOf(path.split('/').filter(Boolean), 'root')).toBeNull();
  });
});
