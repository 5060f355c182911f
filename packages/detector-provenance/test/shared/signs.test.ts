import { describe, expect, it } from 'vitest';
import { provenanceReader, readProvenance } from '../../src/provenance.js';
import { ruleFor, SIGN_RULES, sourceTypeOf } from '../../src/signs/rules.js';
import { fixture } from '../platform/node.js';

const reader = provenanceReader();
const idsIn = async (name: string) => (await reader.read(await fixture(name))).signs.map(sign => sign.id);

describe('signs.json', () => {
  it.each(SIGN_RULES.map(rule => [rule.id, rule] as const))('%s: its fixture carries it', async (id, rule) => {
    const { signs, findings } = await reader.read(await fixture(rule.fixture));
    expect(signs.map(sign => sign.id)).toContain(id);
    expect(findings).toEqual([]);
    const sign = signs.find(each => each.id === id)!;
    expect(sign.generator).toBe(rule.generator);
    expect(sign.verified).toBeNull();
    if (rule.check !== 'comfyui') expect(sign.declares).toBe(rule.declares);
  });

  it('has one entry an id, each with an origin and a weight that fits what it declares', () => {
    expect(new Set(SIGN_RULES.map(rule => rule.id)).size).toBe(SIGN_RULES.length);
    for (const { origin, says, at, declares, weight } of SIGN_RULES) {
      expect(origin.length).toBeGreaterThan(20);
      expect(says).not.toBe('');
      expect(at.every(place => /^[a-z-]+:./.test(place))).toBe(true);
      expect(weight > 0).toBe(declares === 'synthetic' || declares === 'composite');
    }
  });

  it('reads no word out of a longer one', () => {
    expect(ruleFor({ place: 'exif', name: 'Software', value: 'NovelAI' })?.id).toBe('novelai');
    expect(ruleFor({ place: 'exif', name: 'Software', value: 'NovelAI Exporter for photographers' })).toBeUndefined();
    expect(ruleFor({ place: 'exif', name: 'Software', value: 'Adobe Photoshop 26.9' })).toBeUndefined();
    expect(ruleFor({ place: 'png-text', name: 'Description', value: 'Steps to the lake' })).toBeUndefined();
    expect(sourceTypeOf('http://cv.iptc.org/newscodes/digitalsourcetype/toString')).toBeNull();
  });
});

describe('what is read of a generated picture', () => {
  it.each([
    ['a1111.png', { model: 'lakes-v2', seed: '4242', sampler: 'Euler a', steps: '20', version: 'v1.9.3' }],
    ['a1111.jpg', { model: 'lakes-v2', seed: '4242', sampler: 'Euler a', steps: '20', version: 'v1.9.3' }],
    ['comfyui.png', { model: 'lakes.safetensors', seed: '77', sampler: 'euler', steps: '12' }],
    ['midjourney.png', { seed: '42', version: '6.1' }],
    ['fooocus.png', { model: 'juggernautXL', seed: '42', sampler: 'dpmpp_2m_sde_gpu', steps: '30', version: 'Fooocus v2.5.5' }],
  ])('%s', async (name, details) => {
    const bytes = await fixture(name);
    expect((await reader.read(bytes)).signs[0]?.details).toEqual(details);
    const asked = (await readProvenance(bytes, { prompts: true })).signs[0]?.details;
    expect(asked).toMatchObject(details);
    expect(asked?.prompt).toMatch(/^a drawn lake/);
  });
});

describe('the same declaration in every container', () => {
  it.each([
    ['packed.png', ['a1111']],
    ['international-packed.png', ['iptc-digital-source-type-xmp']],
    ['exif.png', ['a1111']],
    ['raw-profile.png', ['a1111']],
    ['a1111-little.jpg', ['a1111']],
    ['comment.jpg', ['a1111']],
    ['xmp-utf16.jpg', ['iptc-digital-source-type-xmp']],
    ['both.webp', ['a1111', 'iptc-digital-source-type-xmp']],
    ['lossless.webp', ['iptc-digital-source-type-xmp']],
    ['both.avif', ['a1111', 'iptc-digital-source-type-xmp']],
    ['both.heic', ['a1111', 'iptc-digital-source-type-xmp']],
    ['xmp.tif', ['iptc-digital-source-type-xmp']],
    ['comment.gif', ['a1111']],
    ['stealth-info.png', ['alpha-channel']],
    ['opaque-alpha.png', []],
    ['plain.png', []],
    ['plain.jpg', []],
  ])('%s', async (name, ids) => {
    expect(await idsIn(name)).toEqual(ids);
  });
});

describe('what a sign does not say', () => {
  it('a workflow counts only where it makes pictures of this size', async () => {
    const screenshot = await reader.read(await fixture('comfyui-screenshot.png'));
    expect(screenshot.declared).toBe('none');
    expect(screenshot.signs[0]).toMatchObject({ kind: 'comfyui-workflow', declares: 'none', weight: 0 });
    expect(screenshot.signs[0]?.statement).toMatch(/64×64, and this one has 48×32: perhaps a screenshot of the graph/);
    expect((await reader.read(await fixture('comfyui-no-sampler.png'))).declared).toBe('none');
    expect((await reader.read(await fixture('comfyui.png'))).declared).toBe('synthetic');
  });

  it('a suspicion is no declaration, and a camera no proof', async () => {
    expect((await reader.read(await fixture('aigc-suspected.jpg'))).declared).toBe('none');
    expect(await reader.read(await fixture('iptc-capture.jpg'))).toMatchObject({ declared: 'capture', signs: [{ weight: 0 }] });
  });
});
