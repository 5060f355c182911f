import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { KINDS } from '../src/kinds.js';
import { idOf, nameProblem } from '../src/names.js';

const bin = fileURLToPath(new URL('../bin/create-plugin.js', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'syntrace-create-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const create = (...args: readonly string[]) => spawnSync(process.execPath, [bin, ...args], { cwd: work, encoding: 'utf8', input: '' });

describe('create-plugin', () => {
  it.each(Object.keys(KINDS))('%s: a whole package, with nothing left to fill in', kind => {
    const { status, stdout } = create(`@me/detector-${kind}`, '--kind', kind, '--author', 'Ann Author');
    expect(status).toBe(0);
    const folder = join(work, `detector-${kind}`);
    const written = stdout.split('\n').flatMap(line => (/^ {2}\S/.test(line) && existsSync(join(folder, line.trim())) ? [line.trim()] : []));
    expect(written).toEqual(
      expect.arrayContaining([
        '.changeset/config.json',
        '.changeset/first.md',
        '.github/workflows/ci.yml',
        '.gitignore',
        'LICENSE',
        'README.md',
        'package.json',
        'src/index.ts',
        'test/kit.test.ts',
      ]),
    );
    for (const file of written) expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/__[A-Z0-9_]+__/);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: `@me/detector-${kind}`, keywords: ['syntrace-plugin'], author: 'Ann Author' });
    expect(manifest.peerDependencies['@syntrace/core']).toMatch(/^\^\d+\.\d+\.\d+$/);
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toContain('Ann Author');
  });

  it('onnx: takes a model with its checksum, and can be sealed again for another', () => {
    writeFileSync(join(work, 'mine.onnx'), Uint8Array.of(1, 2, 255));
    expect(create('mine', '--kind', 'onnx', '--model', 'mine.onnx').status).toBe(0);
    const sumOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    const card = () => JSON.parse(readFileSync(join(work, 'mine/model/model.json'), 'utf8'));
    expect(new Uint8Array(readFileSync(join(work, 'mine/model/model.onnx')))).toEqual(Uint8Array.of(1, 2, 255));
    expect(card()).toMatchObject({ detector: 'mine', files: { 'model.onnx': sumOf(Uint8Array.of(1, 2, 255)) } });
    const { files, scripts, dependencies } = JSON.parse(readFileSync(join(work, 'mine/package.json'), 'utf8'));
    expect([files, Object.keys(dependencies)]).toEqual([['dist', 'model'], ['@syntrace/detector-onnx']]);
    writeFileSync(join(work, 'mine/model/model.onnx'), Uint8Array.of(3));
    const [command, ...args] = scripts.seal.split(' ');
    expect(spawnSync(command === 'node' ? process.execPath : command, args, { cwd: join(work, 'mine') }).status).toBe(0);
    expect(card().files).toEqual({ 'model.onnx': sumOf(Uint8Array.of(3)) });
  });

  it('overwrites nothing', () => {
    mkdirSync(join(work, 'full'));
    writeFileSync(join(work, 'full/mine.txt'), 'mine');
    const { status, stderr } = create('full', '--kind', 'image');
    expect(status).toBe(1);
    expect(stderr).toContain('full is not empty: it holds mine.txt');
    expect(existsSync(join(work, 'full/package.json'))).toBe(false);
  });

  it.each([
    [['No Name', '--kind', 'image'], 'is no package name'],
    [['fine', '--kind', 'sound'], 'Allowed choices are image, collection, onnx, kernels'],
    [['fine'], 'give a name and --kind'],
    [['fine', '--kind', 'image', '--packages', '.'], 'holds no packed @syntrace/core'],
    [['fine', '--kind', 'image', '--model', 'x.onnx'], 'a model is for the kind onnx, not for image'],
    [['fine', '--kind', 'onnx', '--model', 'none.onnx'], 'none.onnx'],
  ])('refuses %j', (args, words) => {
    const { status, stderr } = create(...args);
    expect(status).toBe(1);
    expect(stderr).toContain(words);
  });

  it('explains itself', () => {
    expect(create('--help').stdout).toMatch(/--kind[\s\S]*Examples:[\s\S]*npm create @syntrace\/plugin/);
  });
});

describe('names', () => {
  it.each([
    ['@me/detector-moire', 'moire'],
    ['syntrace-plugin-grid', 'grid'],
    ['kernels-2fast', 'fast'],
    ['x', 'x'],
    ['plugin-9', 'mine'],
  ])('%s offers %s', (name, id) => {
    expect(idOf(name)).toBe(id);
  });

  it.each([
    ['@me/a.b-c_d', true],
    ['UPPER', false],
    ['a b', false],
    ['../up', false],
    ['', false],
  ])('%j is a package name: %s', (name, holds) => {
    expect(nameProblem(name) === undefined).toBe(holds);
  });
});
