import { describe, expect, it } from 'vitest';
import { errorOf } from '../test/fakes.js';
import { ERRORS, type ErrorCode, messageOf, nearestName, SyntraceError } from './errors.js';

const codes = Object.keys(ERRORS) as ErrorCode[];
const fieldsOf = (code: ErrorCode) => ERRORS[code].flatMap(text => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1]!));

describe('the table of errors', () => {
  it.each(codes)('%s has a message and a hint, and fills every field of both', code => {
    const [message, hint] = ERRORS[code];
    expect(message.trim()).not.toBe('');
    expect(hint.trim()).not.toBe('');
    const details = Object.fromEntries(fieldsOf(code).map(field => [field, `<${field}>`]));
    const error = new SyntraceError(code, details);
    for (const field of fieldsOf(code)) expect(error.message + error.hint).toContain(`<${field}>`);
    // `{ replace: true }` is written out in a hint; nothing else may keep its braces.
    expect(`${error.message} ${error.hint}`.replace('{ replace: true }', '')).not.toMatch(/[{}]/);
    expect(error).toMatchObject({ code, name: 'SyntraceError', details });
  });

  it('has stable codes: capitals joined by underscores', () => {
    for (const code of codes) expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
  });
});

describe('SyntraceError', () => {
  it('is recognised across copies of this package, by code if asked', async () => {
    const twin = Object.assign(new Error('x'), { code: 'ABORTED', [Symbol.for('syntrace.error')]: true });
    expect(SyntraceError.is(twin)).toBe(true);
    expect(SyntraceError.is(twin, 'ABORTED')).toBe(true);
    expect(SyntraceError.is(twin, 'USAGE')).toBe(false);
    for (const other of [new Error('x'), null, undefined, 'ABORTED', { code: 'ABORTED' }]) expect(SyntraceError.is(other)).toBe(false);
  });

  it('wraps a foreign error with its words and cause, and passes its own on', () => {
    const cause = new Error('bits');
    const wrapped = SyntraceError.from(cause, 'IMAGE_CORRUPT', { uri: 'a.jpg' });
    expect(wrapped).toMatchObject({ code: 'IMAGE_CORRUPT', message: 'a.jpg cannot be decoded: bits', cause });
    expect(SyntraceError.from(wrapped, 'USAGE', {})).toBe(wrapped);
  });

  it('does not read replacement patterns in details', () => {
    expect(new SyntraceError('USAGE', { detail: "$& $1 $' {uri}" }).message).toBe("$& $1 $' {uri}");
  });

  it('turns into JSON of code, message and hint', () => {
    expect(JSON.parse(JSON.stringify(new SyntraceError('USAGE', { detail: 'no' })))).toEqual({ code: 'USAGE', message: 'no', hint: 'See --help.' });
  });

  it('leaves out what it was not told instead of printing undefined', () => {
    expect(new SyntraceError('DETECTOR_UNKNOWN', { id: 'x' }).message).toBe('there is no detector "x"');
  });
});

describe('messageOf', () => {
  it('has words for whatever was thrown', async () => {
    expect(messageOf(new Error('words'))).toBe('words');
    expect(messageOf('text')).toBe('text');
    expect(messageOf(undefined)).toBe('undefined');
    expect(messageOf(Symbol('s'))).toBe('Symbol(s)');
    expect(messageOf(Object.create(null))).toBe('an unknown error');
    expect((await errorOf(() => Promise.reject(Object.create(null)))) as unknown).toBeTypeOf('object');
  });
});

describe('nearestName', () => {
  it('offers a near name only', () => {
    expect(nearestName('freqency', ['npr', 'frequency'])).toBe(', did you mean "frequency"?');
    expect(nearestName('FREQUENCY', ['frequency'])).toBe(', did you mean "frequency"?');
    expect(nearestName('zzzzzz', ['npr', 'frequency'])).toBe('');
    expect(nearestName('x', [])).toBe('');
  });
});
