import { decode } from '@syntrace/image-io';
import { createSyntrace, detect, encodePng, importPlugin, isFailure, type Plugin, SyntraceError } from 'syntrace';
import { describe, expect, it } from 'vitest';
import recorded from '../../../detector-frequency/test/fixtures/scores.json' with { type: 'json' };
import { PICTURES } from '../../../detector-frequency/test/pictures.js';

const NAMES = ['photograph 256', 'generated 200×140'] as const;
const blobOf = async (name: keyof typeof PICTURES) => new Blob([new Uint8Array(await encodePng(PICTURES[name]!))], { type: 'image/png' });

/** A detector as an app brings its own. */
const brightness: Plugin = {
  name: 'brightness',
  version: '1.0.0',
  contract: 1,
  detectors: [
    {
      id: 'brightness',
      description: 'The mean sample',
      unit: 'image',
      requires: { minimumSize: { width: 1, height: 1 } },
      open: async () => ({
        detect: async batch =>
          batch.map(({ data }) => {
            const score = data.reduce((sum, value) => sum + value, 0) / data.length - 128;
            return { score, probability: null, threshold: 0, verdict: score > 0 ? 'synthetic' : 'real', realShare: null, warnings: [], evidence: null };
          }),
        close: async () => {},
      }),
    },
  ],
};

/** The same tests in Node and in Chromium: `syntrace` is whichever entry point the platform takes. */
export function doorSuite(): void {
  it('judges in five lines, with the scores that are recorded', async () => {
    for (const name of NAMES) {
      const result = await detect(await blobOf(name), { detectors: ['frequency'] });
      expect(result.score).toBeCloseTo(recorded[name], 3);
      expect(result.detectors).toMatchObject([{ id: 'frequency' }]);
      // Near the threshold the answer is open.
      expect(['inconclusive', result.score! > result.threshold! ? 'synthetic' : 'real']).toContain(result.verdict);
      expect(result.probability).toBeGreaterThanOrEqual(0);
    }
  });

  it('judges a picture that is decoded already, by what the file declares too', async () => {
    const image = await decode({ uri: 'decoded.png', data: await blobOf(NAMES[0]) }, { keepEncoded: true });
    const { uri, detectors } = await detect(image);
    expect(uri).toBe('decoded.png');
    expect(detectors[0]!.score).toBeCloseTo(recorded[NAMES[0]], 3);
    expect(detectors.find(({ id }) => id === 'provenance')?.warnings[0]?.code).toBe('PROVENANCE_NOTHING');
  });

  it('refuses what is no picture with a typed error', async () => {
    const error = await detect(new Blob(['text'])).catch((caught: unknown) => caught);
    expect(SyntraceError.is(error, 'IMAGE_FORMAT_UNKNOWN')).toBe(true);
  });

  describe('createSyntrace', () => {
    it('streams results in order, failures among them, with evidence and a small copy', async () => {
      const syntrace = createSyntrace({ backend: 'wasm' });
      const outcomes = [];
      const sources = [await blobOf(NAMES[0]), new Blob([]), await blobOf(NAMES[1])];
      for await (const outcome of syntrace.detectAll(sources, { detectors: ['frequency'], explain: true, thumbnail: 64 })) outcomes.push(outcome);
      await syntrace.close();
      expect(outcomes.map(outcome => (isFailure(outcome) ? outcome.error.code : outcome.explanations?.length))).toEqual([4, 'IMAGE_EMPTY', 4]);
      const [first] = outcomes;
      if (!first || isFailure(first)) throw new Error('the first one failed');
      expect([first.thumbnail?.width, first.thumbnail?.height]).toEqual([64, 64]);
      for (const { picture } of first.explanations!) expect(picture.data).toHaveLength(4 * picture.width * picture.height);
    });

    it('takes plugins, at once and later, and nothing else when bare', async () => {
      const syntrace = createSyntrace({ bare: true });
      expect(syntrace.registry.listDetectors()).toEqual([]);
      syntrace.use(brightness);
      const { score } = await syntrace.detect(await blobOf(NAMES[0]));
      await syntrace.close();
      const { data } = PICTURES[NAMES[0]]!;
      expect(score).toBeCloseTo(data.reduce((sum, value) => sum + value, 0) / data.length - 128, 9);
      expect(() => createSyntrace({ plugins: [{ ...brightness, contract: 2 as 1 }] })).toThrow(expect.objectContaining({ code: 'PLUGIN_CONTRACT' }));
    });

    it('takes a plugin by the address of its module, and refuses one that fails with a typed error', async () => {
      const source = `const detector = { id: 'from-afar', description: 'a constant', unit: 'image', requires: { minimumSize: { width: 1, height: 1 } },
        open: async () => ({ detect: async batch => batch.map(() => ({ score: 2, probability: null, threshold: 0, verdict: 'synthetic', realShare: null, warnings: [], evidence: null })), close: async () => {} }) };
        export default { name: 'from-afar', version: '1.0.0', contract: 1, detectors: [detector] };`;
      const address = (text: string) => `data:text/javascript,${encodeURIComponent(text)}`;
      const syntrace = createSyntrace({ bare: true });
      const codeOf = (text: string) => importPlugin(address(text)).catch((error: unknown) => (SyntraceError.is(error) ? error.code : error));
      expect(await codeOf("throw new Error('not today')")).toBe('PLUGIN_LOAD');
      expect(await codeOf('export const x = 1')).toBe('PLUGIN_LOAD');
      expect(await codeOf(source.replace('contract: 1', 'contract: 2'))).toBe('PLUGIN_CONTRACT');
      expect(await codeOf(source.replace("version: '1.0.0'", "version: 'one'"))).toBe('PLUGIN_INVALID');
      expect(syntrace.registry.listDetectors()).toEqual([]);
      syntrace.use(await importPlugin(new URL(address(source))));
      expect((await syntrace.detect(await blobOf(NAMES[0]))).score).toBe(2);
      await syntrace.close();
    });

    it('refuses a backend that is not there, and two objects share nothing', async () => {
      const [odd, even] = [createSyntrace({ backend: 'abacus' }), createSyntrace({ plugins: [brightness] })];
      await expect(odd.detect(await blobOf(NAMES[0]))).rejects.toMatchObject({ code: 'BACKEND_UNKNOWN' });
      expect(odd.registry.listDetectors().map(({ id }) => id)).not.toContain('brightness');
      expect(even.registry.listDetectors().map(({ id }) => id)).toContain('brightness');
      await Promise.all([odd.close(), even.close()]);
    });

    it('stops when it is told to', async () => {
      const syntrace = createSyntrace();
      const controller = new AbortController();
      const blob = await blobOf(NAMES[0]);
      const judged: string[] = [];
      const work = (async () => {
        for await (const { uri } of syntrace.detectAll(
          Array.from({ length: 50 }, () => blob),
          { batch: 1, signal: controller.signal },
        )) {
          judged.push(uri);
          if (judged.length === 2) controller.abort();
        }
      })();
      await expect(work).rejects.toMatchObject({ code: 'ABORTED' });
      expect(judged.length).toBeLessThan(10);
      await syntrace.close();
    });
  });
}
