import { describe, expect, it } from 'vitest';
import { countOf, dateText, durationText, millisecondsText, numberText, percentText } from './format.js';

describe('percentText', () => {
  it.each([
    [0, '0 %'],
    [0.0004, 'less than 0.1 %'],
    [0.004, '0.4 %'],
    [0.0996, '10 %'],
    [0.456, '46 %'],
    [0.987, '98.7 %'],
    [0.9996, 'more than 99.9 %'],
    [1, '100 %'],
  ])('%d is %s', (share, text) => expect(percentText(share)).toBe(text));
});

describe('durationText', () => {
  it.each([
    [0.04, '0 s'],
    [3.14, '3.1 s'],
    [59.6, '1 min 0 s'],
    [200, '3 min 20 s'],
    [7500, '2 h 5 min'],
  ])('%d seconds are %s', (seconds, text) => expect(durationText(seconds)).toBe(text));
});

it('writes numbers with four digits and a true minus', () => {
  expect(numberText(-1.23456)).toBe('−1.235');
  expect(numberText(12345)).toBe('12,350');
  expect(millisecondsText(0.1234)).toBe('0.12 ms');
  expect(millisecondsText(12.34)).toBe('12.3 ms');
});

it('counts', () => {
  expect([0, 1, 1200].map(count => countOf(count, 'picture'))).toEqual(['0 pictures', '1 picture', '1,200 pictures']);
});

it('writes dates in UTC, and what is no date as it is', () => {
  expect(dateText('2026-01-31T14:05:59+02:00')).toBe('2026-01-31 12:05 UTC');
  expect(dateText('yesterday')).toBe('yesterday');
});
