import { describe, expect, it } from 'vitest';
import { constant, errorOf, fakeBackend, fakeIntermediate, fakePlugin } from '../../test/fakes.js';
import type { Plugin } from '../contract/plugin.js';
import { checkPlugin, definePlugin } from './check-plugin.js';

const good = fakePlugin('good', { detectors: [constant()], kernels: [fakeBackend()], intermediates: [fakeIntermediate('dct2.log')] });
const detector = (more: object) => ({ ...good, detectors: [{ ...constant(), ...more }] });
const backend = (more: object) => ({ ...good, kernels: [{ ...fakeBackend(), ...more }] });

describe('checkPlugin', () => {
  it('takes a plain object and a defined plugin alike', () => {
    checkPlugin(good);
    expect(definePlugin(good)).toBe(good);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a function', () => good],
    ['no name', { ...good, name: undefined }],
    ['an empty name', { ...good, name: '' }],
    ['no version', { ...good, version: undefined }],
    ['half a version', { ...good, version: '1.2' }],
    ['nothing offered', { name: 'x', version: '1.0.0', contract: 1 }],
    ['empty lists', fakePlugin('x', { detectors: [], kernels: [], intermediates: [] })],
    ['detectors that are no list', { ...good, detectors: constant() }],
    ['a detector that is null', { ...good, detectors: [null] }],
    ['an id with capitals', detector({ id: 'Frequency' })],
    ['an id with a space', detector({ id: 'a b' })],
    ['an id that is a number', detector({ id: 5 })],
    ['a detector that cannot be opened', detector({ open: undefined })],
    ['another unit', detector({ unit: 'video' })],
    ['no requirements', detector({ requires: undefined })],
    ['a least size that is NaN', detector({ requires: { minimumSize: { width: Number.NaN, height: 1 } } })],
    ['a default that is no word', detector({ byDefault: 'no' })],
    ['a backend without probe', backend({ probe: undefined })],
    ['a backend without priority', backend({ priority: undefined })],
    ['an intermediate that cannot compute', { ...good, intermediates: [{ id: 'x' }] }],
  ])('refuses %s', async (_, plugin) => {
    expect(await errorOf(() => checkPlugin(plugin))).toMatchObject({ code: 'PLUGIN_INVALID' });
    expect(await errorOf(() => definePlugin(plugin as Plugin))).toMatchObject({ code: 'PLUGIN_INVALID' });
  });

  it('names both contracts when they differ', async () => {
    const plugin = await errorOf(() => checkPlugin({ ...good, contract: 2 }));
    expect(plugin).toMatchObject({ code: 'PLUGIN_CONTRACT', details: { name: 'good', found: '2', expected: 1 } });
    const kernels = await errorOf(() => checkPlugin(backend({ contract: 7 })));
    expect(kernels).toMatchObject({ code: 'PLUGIN_CONTRACT', details: { found: '7', expected: 1 } });
    expect(kernels.message).toContain('backend fake');
  });
});
