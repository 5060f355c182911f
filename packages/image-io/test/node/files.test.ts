import { spawn } from 'node:child_process';
import { chmodSync, createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode, readSource } from '../../src/node/index.js';
import { refusalOf, sha256 } from '../shared/helpers.js';

const picture = fileURLToPath(new URL('../fixtures/images/q90-420.jpg', import.meta.url));
const built = fileURLToPath(new URL('../../dist/node.js', import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'image-io-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const unreadable = async (path: string | URL) => {
  const error = await refusalOf(decode(path));
  expect(error.code).toBe('IMAGE_UNREADABLE');
  return error.message;
};

describe('files', () => {
  it('path, file URL, Buffer and Node stream give the same picture', async () => {
    const expected = await sha256((await decode(picture)).data);
    for (const input of [
      pathToFileURL(picture),
      readFileSync(picture),
      createReadStream(picture),
      Readable.toWeb(createReadStream(picture)) as ReadableStream<Uint8Array>,
    ])
      expect(await sha256((await decode(input)).data)).toBe(expected);
    expect((await decode(picture)).source.uri).toBe(picture);
  });

  it("are left as they are: a Buffer's slice is no copy", async () => {
    const images = new URL('../fixtures/images/', import.meta.url);
    for (const name of readdirSync(images)) {
      const stored = readFileSync(new URL(name, images));
      const given = Buffer.from(stored);
      await decode(given);
      expect(given.equals(stored), name).toBe(true);
      const { source } = await decode(new URL(name, images), { keepEncoded: true });
      expect(stored.equals(source.encoded!), name).toBe(true);
    }
  });

  it('says what is wrong with a path', async () => {
    expect(await unreadable(join(folder, 'none.jpg'))).toContain('no such file');
    mkdirSync(join(folder, 'folder.jpg'));
    expect(await unreadable(join(folder, 'folder.jpg'))).toContain('folder');
    symlinkSync(join(folder, 'nowhere.jpg'), join(folder, 'broken.jpg'));
    expect(await unreadable(join(folder, 'broken.jpg'))).toContain('no such file');
    symlinkSync(join(folder, 'loop-b.jpg'), join(folder, 'loop-a.jpg'));
    symlinkSync(join(folder, 'loop-a.jpg'), join(folder, 'loop-b.jpg'));
    expect(await unreadable(join(folder, 'loop-a.jpg'))).toContain('loop');
    await unreadable('a\0b.jpg');
    await unreadable(new URL('file://other-host/a.jpg'));
    await unreadable('');
  });

  it('an unreadable file', async ctx => {
    const path = join(folder, 'secret.jpg');
    writeFileSync(path, 'x');
    chmodSync(path, 0);
    if (process.getuid?.() === 0 || process.platform === 'win32') return ctx.skip('root (and Windows) read files whatever their mode says');
    expect(await unreadable(path)).toContain('permission denied');
  });

  it('an empty file and the byte limit, before reading', async () => {
    const path = join(folder, 'empty.jpg');
    writeFileSync(path, '');
    expect((await refusalOf(decode(path))).code).toBe('IMAGE_EMPTY');
    expect((await refusalOf(readSource(picture, { maxBytes: 10 }))).code).toBe('IMAGE_TOO_LARGE');
  });

  it('a device without an end is stopped at the limit', async ctx => {
    if (!existsSync('/dev/zero')) return ctx.skip('there is no /dev/zero here');
    expect((await refusalOf(readSource('/dev/zero', { maxBytes: 1_000_000 }))).code).toBe('IMAGE_TOO_LARGE');
  });
});

it('standard input, in a process of the built package', async ctx => {
  if (!existsSync(built)) return ctx.skip('the package is not built: run its build script');
  const code = `import { decode } from ${JSON.stringify(pathToFileURL(built).href)};
    const show = image => console.log(image.source.uri, image.width, image.height);
    await decode('-').then(show, error => console.log(error.code));`;
  const run = (input: Buffer) =>
    new Promise<string>((resolve, reject) => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
      let output = '';
      child.stdout.on('data', chunk => {
        output += chunk;
      });
      child.on('error', reject).on('close', () => resolve(output.trim()));
      child.stdin.end(input);
    });
  expect(await run(readFileSync(picture))).toBe('- 67 49');
  expect(await run(Buffer.alloc(0))).toBe('IMAGE_EMPTY');
});
