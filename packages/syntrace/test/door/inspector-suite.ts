import { createInspector, type Inspection, SyntraceError, sectionsOf } from 'syntrace';
import { describe, expect, it } from 'vitest';

type Fixture = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

/** The inspector that pages and the command use, in Node and in Chromium. `fixture`: files of the package detector-provenance. */
export function inspectorSuite(fixture: Fixture): void {
  describe('createInspector', () => {
    const named = async (name: string) => ({ uri: name, data: new Blob([await fixture(name)]) });
    const inspect = async (name: string, options?: Parameters<typeof createInspector>[0]) => {
      const inspector = createInspector({ backend: 'wasm', ...options });
      try {
        return await inspector.illustrate(await named(name));
      } finally {
        await inspector.close();
      }
    };
    const textOf = (inspection: Inspection) =>
      sectionsOf(inspection)
        .flatMap(({ title, lines }) => [title, ...lines])
        .join('\n');

    it('tells format, encodes, declaration and fields, and shows a small copy', async () => {
      const { inspection, pictures } = await inspect('a1111.jpg');
      expect(inspection).toMatchObject({
        path: 'a1111.jpg',
        format: 'jpeg',
        width: 48,
        height: 32,
        jpeg: { quality: 90 },
        provenance: { declared: 'synthetic' },
      });
      expect(inspection.pixels).toEqual({ watermark: null, earlierEncode: null });
      expect(pictures).toMatchObject({ preview: { width: 48, height: 32 }, evidence: [] });
      expect(textOf(inspection)).toMatch(/generator-metadata[\s\S]*seed 4242[\s\S]*last: JPEG of quality 90[\s\S]*exif: .*UserComment/);
      expect(JSON.stringify(inspection)).not.toContain('a drawn lake');
    });

    it('checks Content Credentials with the module that the platform loads', async () => {
      const { inspection } = await inspect('signed.jpg');
      expect(inspection.provenance).toMatchObject({
        declared: 'synthetic',
        credential: { status: 'untrusted' },
        signs: [{ kind: 'c2pa', verified: 'untrusted' }],
      });
    });

    it('reads a watermark, which then declares', async () => {
      const { inspection } = await inspect('watermark-sd2.png');
      expect(inspection.pixels?.watermark).toMatchObject({ message: 'watermark-sd2', generator: 'Stable Diffusion 2', right: 31, bits: 32, found: true });
      expect(inspection.provenance).toMatchObject({ declared: 'synthetic', signs: [{ id: 'watermark-sd2', place: 'pixels' }] });
      expect(textOf(inspection)).toMatch(/Watermarks\nDWT-DCT: the message of Stable Diffusion 2, 31 of 32 bits/);
    });

    it('compares the thumbnail and draws where it differs', async () => {
      const { inspection, pictures } = await inspect('thumbnail-edited.jpg');
      expect(inspection.provenance.camera?.thumbnail?.match).toMatchObject({ verdict: 'differs' });
      expect(inspection.warnings.map(warning => warning.code)).toContain('THUMBNAIL_DIFFERS');
      expect(pictures?.evidence.map(({ id }) => id)).toContain('provenance.thumbnail');
    });

    it('needs no pixels, and tells of pictures that cannot be decoded', async () => {
      const { inspection, pictures } = await inspect('watermark-sd2.png', { pixels: false });
      expect([inspection.pixels, pictures, inspection.provenance.declared]).toEqual([null, null, 'none']);
      const unread = await inspect('both.heic');
      expect(unread.inspection).toMatchObject({ format: 'heif', pixels: null, provenance: { declared: 'synthetic' } });
      expect(unread.inspection.warnings[0]?.code).toMatch(/^IMAGE_/);
    });

    it('refuses what is no picture at all', async () => {
      const inspector = createInspector();
      const error = await inspector.inspect(new Blob(['text'])).catch((caught: unknown) => caught);
      expect(SyntraceError.is(error, 'IMAGE_FORMAT_UNKNOWN')).toBe(true);
      await inspector.close();
    });
  });
}
