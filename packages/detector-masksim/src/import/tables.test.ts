import { describe, expect, it } from 'vitest';
import { shareBelow } from '../judge/near.js';
import { joinedNegatives, readNegatives } from './tables.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const HEAD = 'image_filename,class_label,score\n';

describe('calibration tables', () => {
  it('are read by their column names', () => {
    expect([...readNegatives(bytes(`${HEAD}a_crop0.png,0,0.25\r\nb.png,0,1e-3\n`), 't.csv')]).toEqual([
      ['a_crop0.png', 0.25],
      ['b.png', 0.001],
    ]);
  });

  it.each([
    ['no column of scores', 'image_filename,class_label\na,0\n', 'no column score'],
    ['a score that is none', `${HEAD}a,0,high\n`, 'line 2'],
    ['a score above 1', `${HEAD}a,0,1.5\n`, 'line 2'],
    ['a missing cell', `${HEAD}a,0\n`, 'line 2'],
    ['two scores of a picture', `${HEAD}a,0,0.1\na,0,0.2\n`, 'two scores'],
    ['nothing', HEAD, 'no rows'],
  ])('with %s are refused', (_, text, detail) => {
    expect(() => readNegatives(bytes(text), 't.csv')).toThrow(expect.objectContaining({ code: 'DATA_INVALID', message: expect.stringContaining(detail) }));
  });

  it('of one model may hold no picture twice', () => {
    const rows = readNegatives(bytes(`${HEAD}a,0,0.1\n`), 't.csv');
    expect(() =>
      joinedNegatives([
        { file: 'x.csv', rows },
        { file: 'y.csv', rows },
      ]),
    ).toThrow(expect.objectContaining({ code: 'DATA_INVALID' }));
  });
});

it('a share counts what is strictly below', () => {
  expect([0, 0.1, 0.2, 0.25, 0.3, 0.4].map(value => shareBelow([0.1, 0.2, 0.2, 0.3], value))).toEqual([0, 0, 0.25, 0.75, 0.75, 1]);
});
