// The matchers of the kernels' suites, with vitest's meaning.
import { AssertionError } from 'node:assert';
import { inspect, isDeepStrictEqual } from 'node:util';

const show = value => inspect(value, { depth: 3, maxArrayLength: 12, maxStringLength: 200 });
const contains = (got, want) =>
  typeof want === 'object' && want !== null ? Object.keys(want).every(key => contains(got?.[key], want[key])) : Object.is(got, want);

const matchers = {
  toBe: Object.is,
  toEqual: isDeepStrictEqual,
  toBeCloseTo: (got, want, digits = 2) => Math.abs(got - want) < 10 ** -digits / 2,
  toBeGreaterThan: (got, want) => got > want,
  toBeGreaterThanOrEqual: (got, want) => got >= want,
  toBeLessThan: (got, want) => got < want,
  toBeLessThanOrEqual: (got, want) => got <= want,
  toBeDefined: got => got !== undefined,
  toBeUndefined: got => got === undefined,
  toBeNull: got => got === null,
  toContain: (got, want) => got.includes(want),
  toHaveLength: (got, want) => got.length === want,
  toMatch: (got, want) => (want instanceof RegExp ? want.test(got) : got.includes(want)),
  toMatchObject: contains,
  toSatisfy: (got, predicate) => Boolean(predicate(got)),
  toThrow: (got, want) => thrown(got, want),
};

/** A function that throws, or what a promise was rejected with. */
function thrown(got, want) {
  let error = got;
  if (typeof got === 'function') {
    try {
      got();
      return false;
    } catch (caught) {
      error = caught;
    }
  }
  const text = String(error?.message ?? error);
  return want === undefined || (want instanceof RegExp ? want.test(text) : text.includes(String(want)));
}

function assert(name, got, wanted, negated, message) {
  const matcher = matchers[name];
  if (!matcher) throw new Error(`there is no matcher ${name} in bench/gpu/expect-alone.mjs`);
  if (Boolean(matcher(got, ...wanted)) !== negated) return;
  throw new AssertionError({ message: `${message ? `${message}: ` : ''}${show(got)} ${negated ? 'not ' : ''}${name} ${wanted.map(show).join(', ')}` });
}

const proxy = call => new Proxy({}, { get: (_, name) => call(name) });

export function expect(got, message) {
  const settled = kind => async () => {
    const outcome = await Promise.resolve(typeof got === 'function' ? got() : got).then(
      value => ({ kind: 'resolves', value }),
      value => ({ kind: 'rejects', value }),
    );
    if (outcome.kind !== kind) throw new AssertionError({ message: `the promise ${outcome.kind} with ${show(outcome.value)}` });
    return outcome.value;
  };
  const later = (kind, negated = false) =>
    proxy(name => (name === 'not' ? later(kind, true) : async (...wanted) => assert(name, await settled(kind)(), wanted, negated, message)));
  return proxy(name => {
    if (name === 'rejects' || name === 'resolves') return later(name);
    if (name === 'not')
      return proxy(
        inner =>
          (...wanted) =>
            assert(inner, got, wanted, true, message),
      );
    return (...wanted) => assert(name, got, wanted, false, message);
  });
}
