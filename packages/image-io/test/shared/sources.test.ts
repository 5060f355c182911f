import { describe, expect, it } from 'vitest';
import { decode, inspectImage, nameOf, readFixture, readSource } from '../platform/node.js';
import { refusalOf, sha256 } from './helpers.js';

const FILE = 'images/q90-420.jpg';
const stream = (bytes: Uint8Array, size = 100) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });

async function* chunks(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}

describe('sources', () => {
  it('all kinds give the same picture', async () => {
    const bytes = await readFixture(FILE);
    const inputs = [
      bytes,
      bytes.buffer,
      new Blob([bytes]),
      new File([bytes], 'a.jpg'),
      stream(bytes),
      chunks(bytes),
      { uri: 'given.jpg', data: stream(bytes) },
    ];
    const expected = await sha256((await decode(bytes)).data);
    for (const input of inputs) expect(await sha256((await decode(input)).data)).toBe(expected);
  });

  it('a view into a larger buffer is read from its own start', async () => {
    const bytes = await readFixture(FILE);
    const larger = new Uint8Array(bytes.length + 64);
    larger.set(bytes, 32);
    expect((await decode(larger.subarray(32, 32 + bytes.length))).data).toEqual((await decode(bytes)).data);
  });

  it('names inputs', () => {
    expect(nameOf(new File([], 'a.jpg'))).toBe('a.jpg');
    expect(nameOf({ uri: 'x', data: new Uint8Array() })).toBe('x');
    expect([nameOf(new Uint8Array()), nameOf(new Blob([])), nameOf(new ReadableStream())]).toEqual(['bytes', 'blob', 'stream']);
  });

  it('keeps the encoded file when asked', async () => {
    const bytes = await readFixture(FILE);
    expect((await decode(bytes, { keepEncoded: true })).source.encoded).toEqual(bytes);
  });

  it('inspects without decoding', async () => {
    expect(inspectImage(await readFixture(FILE), 'a')).toMatchObject({ format: 'jpeg', width: 67, height: 49, jpeg: { quality: 90, subsampling: '4:2:0' } });
  });
});

describe('limits', () => {
  it('bytes, before or while reading', async () => {
    const bytes = await readFixture(FILE);
    for (const input of [bytes, new Blob([bytes]), stream(bytes), chunks(bytes)])
      expect((await refusalOf(readSource(input, { maxBytes: bytes.length - 1 }))).code).toBe('IMAGE_TOO_LARGE');
    expect((await readSource(stream(bytes), { maxBytes: bytes.length })).bytes.length).toBe(bytes.length);
  });

  it('an endless stream is stopped', async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: controller => controller.enqueue(new Uint8Array(65536)),
      cancel: () => {
        cancelled = true;
      },
    });
    expect((await refusalOf(readSource(endless, { maxBytes: 1_000_000 }))).code).toBe('IMAGE_TOO_LARGE');
    expect(cancelled).toBe(true);
  });

  it('pixels, on the header', async () => {
    const bytes = await readFixture(FILE);
    expect((await refusalOf(decode(bytes, { maxPixels: 67 * 49 - 1 }))).code).toBe('IMAGE_TOO_LARGE');
    expect((await decode(bytes, { maxPixels: 67 * 49 })).width).toBe(67);
  });
});

describe('a signal', () => {
  it('ends the reading of a stream that hangs, and of any kind', async () => {
    async function* hanging() {
      await new Promise(() => {});
      yield new Uint8Array();
    }
    const web = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) });
    for (const input of [web, hanging()]) {
      const start = performance.now();
      expect((await refusalOf(decode(input, { signal: AbortSignal.timeout(50) }))).code).toBe('ABORTED');
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });

  it('that has fired already lets nothing start', async () => {
    const bytes = await readFixture(FILE);
    for (const input of [bytes, new Blob([bytes]), stream(bytes)])
      expect((await refusalOf(decode(input, { signal: AbortSignal.abort() }))).code).toBe('ABORTED');
  });

  it('that does not fire changes nothing', async () => {
    const bytes = await readFixture(FILE);
    expect((await decode(stream(bytes), { signal: new AbortController().signal })).data).toEqual((await decode(bytes)).data);
  });
});

describe('broken inputs', () => {
  it('a failing stream, a stream of text, no input at all', async () => {
    const failing = new ReadableStream<Uint8Array>({ pull: controller => controller.error(new Error('line cut')) });
    const error = await refusalOf(decode(failing));
    expect([error.code, error.message]).toEqual(['IMAGE_UNREADABLE', expect.stringContaining('line cut')]);
    const text = new ReadableStream<unknown>({ pull: controller => controller.enqueue('text') }) as ReadableStream<Uint8Array>;
    expect((await refusalOf(decode(text))).code).toBe('IMAGE_UNREADABLE');
    for (const junk of [undefined, null, 5, {}, []]) expect((await refusalOf(decode(junk as never))).code).toBe('IMAGE_UNREADABLE');
    expect((await refusalOf(decode(new Uint8Array()))).code).toBe('IMAGE_EMPTY');
    expect((await refusalOf(decode(new Blob([])))).code).toBe('IMAGE_EMPTY');
  });

  it('http is refused unless allowed', async () => {
    for (const input of ['http://example.com/a.jpg', new URL('https://example.com/a.jpg')])
      expect((await refusalOf(decode(input))).code).toBe('IMAGE_HTTP_REFUSED');
    expect((await refusalOf(decode('http://', { allowHttp: true }))).code).toBe('IMAGE_UNREADABLE');
    for (const host of ['127.0.0.1', '0x7f.1', '10.1.2.3', '192.168.0.1', '169.254.169.254', '[::1]', '[::ffff:127.0.0.1]', '[fd00::1]', '[fe80::1]'])
      expect((await refusalOf(decode(`http://${host}:9/a.jpg`, { allowHttp: true }))).code, host).toBe('IMAGE_HTTP_REFUSED');
  });
});

it('pictures are decoded side by side and after a bad one', async () => {
  const names = [
    'images/q90-420.jpg',
    'images/rgb-16.png',
    'images/lossy-q80.webp',
    'images/animated.gif',
    'refused/lying-height.jpg',
    'refused/bad-checksum.png',
  ];
  const files = await Promise.all(names.map(readFixture));
  const run = () =>
    Promise.all(
      files.map(data =>
        decode(data).then(
          ({ data }) => sha256(data),
          error => error.code,
        ),
      ),
    );
  const first = await run();
  expect(first.filter(each => /^[0-9a-f]{64}$/.test(each)).length).toBe(4);
  for (let i = 0; i < 5; i++) expect(await run()).toEqual(first);
});
