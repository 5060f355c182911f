import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import certificates from '../../../detector-provenance/test/fixtures/certificates.json' with { type: 'json' };
import type { Inspection } from '../../src/inspect/inspection.js';
import { syntrace } from './command.js';
import { makeTree } from './files.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../../detector-provenance/test/fixtures/${name}`, import.meta.url));
const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await syntrace(['inspect', ...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Inspection;
};

describe('inspect', () => {
  it('gives one object for a file, a list for several, and says what cannot be read', async () => {
    const one = await json(fixture('thumbnail-edited.jpg'));
    expect(one).toMatchObject({ format: 'jpeg', width: 240, height: 160, provenance: { declared: 'none' }, pixels: { watermark: null } });
    expect(one.warnings.map(warning => warning.code)).toEqual(['THUMBNAIL_DIFFERS']);
    const root = makeTree({ 'a.jpg': readFileSync(fixture('plain.jpg')), 'b.jpg': 'text' });
    const { code, stdout } = await syntrace(['inspect', root, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([{ path: `${root}/a.jpg` }, { path: `${root}/b.jpg`, error: { code: 'IMAGE_FORMAT_UNKNOWN' } }]);
  });

  it('leaves the picture undecoded where it is told to', async () => {
    expect((await json(fixture('watermark-sd2.png'))).provenance.declared).toBe('synthetic');
    expect(await json(fixture('watermark-sd2.png'), '--no-pixels')).toMatchObject({ pixels: null, provenance: { declared: 'none' } });
  });

  it('writes a page with the picture and what its pixels say, and nothing that runs', async () => {
    const root = makeTree({});
    const page = `${root}/page.html`;
    const { code, stdout } = await syntrace(['inspect', fixture('twice.jpg'), fixture('novelai.png'), '--html', page]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/earlier: JPEG of about quality \d\d, on a grid that starts 5 columns and 3 rows in/);
    const html = readFileSync(page, 'utf8');
    expect(html.match(/<img src="data:image\/(webp|png);base64,/g)).toHaveLength(3);
    expect(html).toMatch(/Earlier JPEG encode[\s\S]*declared synthetic/);
    expect(html).not.toMatch(/<script|src="http/);
    expect(html).not.toContain('a drawn lake');
  });

  it('takes anchors in PEM form and dated lists, and refuses anything else', async () => {
    const list = {
      LoTE: {
        ListAndSchemeInformation: { SchemeName: [{ value: 'Lake Trust List' }], ListIssueDateTime: '2026-08-05T00:00:00Z' },
        TrustedEntitiesList: [
          {
            TrustedEntityServices: [
              {
                ServiceInformation: {
                  ServiceStatus: 'x/trusted',
                  ServiceDigitalIdentity: { X509Certificates: [{ val: certificates.root.replace(/-----[A-Z ]+-----|\s/g, '') }] },
                },
              },
            ],
          },
        ],
      },
    };
    const root = makeTree({ 'root.pem': certificates.root, 'list.json': JSON.stringify(list), 'other.txt': 'nobody' });
    expect((await json(fixture('signed.jpg'))).provenance.credential?.status).toBe('untrusted');
    expect((await json(fixture('signed.jpg'), '--trust', `${root}/root.pem`)).provenance.credential?.status).toBe('valid');
    const dated = (await json(fixture('signed.jpg'), '--trust', `${root}/list.json`)).provenance.credential;
    expect([dated?.status, dated?.statement]).toEqual(['valid', expect.stringContaining('the Lake Trust List of 2026-08-05')]);
    for (const file of ['other.txt', 'missing.pem']) {
      const { code, stderr } = await syntrace(['inspect', fixture('signed.jpg'), '--trust', `${root}/${file}`]);
      expect(code).toBe(2);
      expect(stderr).toContain(file);
    }
  });

  it('and detect agree that a signed picture is intact', async () => {
    const { code, stdout } = await syntrace(['detect', fixture('signed.jpg'), '--ndjson', '--detector', 'provenance']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'synthetic', score: 6, warnings: [] });
  });

  it('reads packed texts without end within little memory', async () => {
    const root = makeTree({});
    writeFileSync(`${root}/bomb.png`, bombs(200));
    // The process says at its end how much it held at most, in KiB.
    const say = `--import=data:text/javascript,${encodeURIComponent('process.on("exit",()=>process.stderr.write("held "+process.resourceUsage().maxRSS))')}`;
    const { code, stdout, stderr } = await syntrace(['inspect', `${root}/bomb.png`, '--json', '--no-pixels'], { env: { NODE_OPTIONS: say } });
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Inspection).warnings.map(warning => warning.code)).toContain('TEXT_TOO_LONG');
    const held = Number(/held (\d+)/.exec(stderr)?.[1]);
    expect(held).toBeGreaterThan(10_000);
    expect(held).toBeLessThan(400_000);
  });
});

/** A PNG of 1×1 with texts that each unpack to 64 MiB. */
function bombs(count: number): Uint8Array {
  const packed = deflateSync(Buffer.alloc(64 << 20));
  const chunk = (name: string, data: Uint8Array) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write(name, 4, 'latin1');
    return Buffer.concat([head, data, Buffer.alloc(4)]);
  };
  const texts = Array.from({ length: count }, (_, i) => chunk('zTXt', Buffer.concat([Buffer.from(`k${i}\0\0`, 'latin1'), packed])));
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...texts,
    chunk('IDAT', deflateSync(Buffer.alloc(2))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
