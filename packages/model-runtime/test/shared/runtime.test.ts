import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { type ModelFile, type ModelRuntime, recordedInput, seededState, sha256 } from '@syntrace/core';
import { afterAll, describe, expect, it } from 'vitest';
import { importCheckpoint } from '../../src/import/import-checkpoint.js';
import { networkToOnnx } from '../../src/network/to-onnx.js';
import { onnxProblem } from '../../src/onnx/scan.js';
import { differenceOf } from '../../src/runtime/recorded.js';
import { AUTO, fixture, models } from '../platform/node.js';
import { ANSWER, importable, TINY } from './tiny.js';

const runtimes: ModelRuntime[] = [];
const runtimeOn = (provider: string, maxBytes?: number): ModelRuntime => {
  const runtime = models(maxBytes)({ threads: 2, provider });
  runtimes.push(runtime);
  return runtime;
};
afterAll(() => Promise.all(runtimes.map(runtime => runtime.close())));

async function modelOf(bytes = networkToOnnx(TINY, seededState(TINY, importable.proof.seed)), more: Partial<ModelFile> = {}): Promise<ModelFile> {
  return { name: 'tiny.onnx', bytes, sha256: await sha256(bytes), ...more };
}

describe('a session', () => {
  it("gives PyTorch's answer, whatever goes through at once", async () => {
    const session = await runtimeOn('auto').open(await modelOf());
    expect([session.provider, session.inputs, session.outputs]).toEqual([AUTO, ['x'], ['y']]);
    for (const batch of [1, 2, 3, 16]) {
      const { y } = await session.run({ x: recordedInput(ANSWER) }, { batch });
      expect(y!.shape).toEqual([3, 2]);
      expect(differenceOf(y!.data, ANSWER)).toBeLessThan(ANSWER.tolerance);
    }
    await session.close();
  });

  it('runs calls that come at the same time one after the other', async () => {
    const session = await runtimeOn('auto').open(await modelOf());
    const all = await Promise.all(Array.from({ length: 5 }, () => session.run({ x: recordedInput(ANSWER) })));
    for (const { y } of all) expect(differenceOf(y!.data, ANSWER)).toBeLessThan(ANSWER.tolerance);
    await session.close();
  });

  it('takes any size of picture', async () => {
    const session = await runtimeOn('auto').open(await modelOf());
    for (const [h, w] of [
      [2, 2],
      [33, 64],
    ]) {
      const { y } = await session.run({ x: recordedInput({ seed: 1, shape: [2, 3, h!, w!] }) });
      expect(y!.shape).toEqual([2, 2]);
    }
    await session.close();
  });

  it('is shared by those who open the same bytes, and freed when the last has closed', async () => {
    const runtime = runtimeOn('auto');
    const model = await modelOf();
    const [a, b] = await Promise.all([runtime.open(model), runtime.open(model)]);
    await a.close();
    await a.close();
    await b.run({ x: recordedInput(ANSWER) });
    await b.close();
    await expect(b.run({ x: recordedInput(ANSWER) })).rejects.toMatchObject({ code: 'MODEL_FAILED', message: expect.stringContaining('closed') });
    const again = await runtime.open(model);
    expect(differenceOf((await again.run({ x: recordedInput(ANSWER) })).y!.data, ANSWER)).toBeLessThan(ANSWER.tolerance);
  });

  it('refuses inputs that do not fit, by name', async () => {
    const session = await runtimeOn('auto').open(await modelOf());
    const failed = (words: RegExp) => ({ code: 'MODEL_FAILED', message: expect.stringMatching(words) });
    const x = recordedInput({ seed: 1, shape: [1, 3, 8, 8] });
    await expect(session.run({})).rejects.toMatchObject(failed(/no rows/));
    await expect(session.run({ x: { ...x, shape: [2, 3, 8, 8] } })).rejects.toMatchObject(failed(/x has the shape \[2, 3, 8, 8\] and 192 values/));
    await expect(session.run({ x: { ...x, shape: [1, 1, 24, 8] } })).rejects.toMatchObject(failed(/tiny\.onnx failed on provider/));
    await expect(session.run({ z: x })).rejects.toMatchObject(failed(/tiny\.onnx failed/));
  });
});

describe('a model is refused', () => {
  const open = async (model: Promise<ModelFile>, provider = 'auto', maxBytes?: number) => runtimeOn(provider, maxBytes).open(await model);

  it('with another checksum', async () => {
    await expect(open(modelOf(undefined, { sha256: '0'.repeat(64) }))).rejects.toMatchObject({ code: 'ARTIFACT_CHECKSUM' });
  });

  it('above the limit', async () => {
    await expect(open(modelOf(), 'auto', 100)).rejects.toMatchObject({ code: 'ARTIFACT_INVALID', message: expect.stringContaining('the limit is 100') });
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('this is no model')],
    ['a cut model', networkToOnnx(TINY, seededState(TINY, 1)).slice(0, 900)],
  ])('that is %s', async (_, bytes) => {
    await expect(open(modelOf(bytes))).rejects.toMatchObject({ code: 'ARTIFACT_INVALID', message: expect.stringContaining('no ONNX model') });
  });

  it('that the runtime cannot read, with its words', async () => {
    const missing = networkToOnnx(TINY, new Map([...seededState(TINY, 1)].filter(([name]) => name !== 'head.bias')));
    await expect(open(modelOf(missing))).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE', message: expect.stringContaining('head.bias') });
  });

  it('whose recorded answer is another', async () => {
    const recorded = { ...ANSWER, output: ANSWER.output.map((value, i) => (i === 4 ? value + 0.01 : value)) };
    await expect(open(modelOf(undefined, { recorded }), AUTO)).rejects.toMatchObject({
      code: 'MODEL_SELF_TEST',
      message: expect.stringContaining('tiny.onnx wrongly'),
    });
    const session = await open(modelOf(undefined, { recorded: ANSWER }), AUTO);
    await session.close();
  });

  it('on a provider that there is not', async () => {
    await expect(open(modelOf(), 'cpo')).rejects.toMatchObject({ code: 'PROVIDER_UNKNOWN' });
    const [card] = AUTO === 'cpu' ? ['cuda'] : ['webgpu'];
    await expect(open(modelOf(), card)).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE', message: expect.stringContaining(`provider ${card}`) });
    const reports = await runtimeOn('auto').providers();
    expect(reports.map(({ id, chosen, availability }) => [id, chosen, availability.ok])).toEqual([
      [card, false, false],
      [AUTO, true, true],
    ]);
  });
});

describe('data outside the file', () => {
  const w = (content: (writer: BinaryWriter) => void): Uint8Array => {
    const writer = new BinaryWriter();
    content(writer);
    return writer.finish();
  };
  const inside = (field: number, bytes: Uint8Array) => w(writer => writer.tag(field, WireType.LengthDelimited).bytes(bytes));
  const entry = inside(
    13,
    w(writer => writer.tag(1, WireType.LengthDelimited).string('location').tag(2, WireType.LengthDelimited).string('/etc/passwd')),
  );
  const flag = w(writer => writer.tag(14, WireType.Varint).int32(1));
  it.each<[string, Uint8Array]>([
    ['of an initializer', inside(7, inside(5, entry))],
    ['of one that only says so', inside(7, inside(5, flag))],
    ['of a constant', inside(7, inside(1, inside(5, inside(5, entry))))],
    ['of a list of tensors', inside(7, inside(1, inside(5, inside(10, entry))))],
    ['of a branch', inside(7, inside(1, inside(5, inside(6, inside(5, entry)))))],
    ['of a sparse initializer', inside(7, inside(15, inside(1, entry)))],
    ['of a function', w(writer => writer.raw(inside(25, inside(7, inside(5, inside(5, entry))))).raw(inside(7, new Uint8Array())))],
    ['of training', w(writer => writer.raw(inside(20, inside(1, inside(5, entry)))).raw(inside(7, new Uint8Array())))],
  ])('%s is found', async (_, bytes) => {
    expect(onnxProblem(bytes)).toBe('it keeps data outside the file');
    await expect(runtimeOn('auto').open(await modelOf(bytes))).rejects.toMatchObject({ code: 'ARTIFACT_INVALID' });
  });

  it('is not found where there is none; graphs without end are refused', () => {
    expect(onnxProblem(networkToOnnx(TINY, seededState(TINY, 1)))).toBeNull();
    let nested: Uint8Array = new Uint8Array();
    for (let i = 0; i < 40; i++) nested = inside(1, inside(5, inside(6, nested)));
    expect(onnxProblem(inside(7, nested))).toMatch(/nested more than 32/);
  });
});

describe('importCheckpoint', () => {
  it.each(['flat.pth', 'wrapped.pth', 'legacy.pth', 'lightning.ckpt', 'state.safetensors'])('%s becomes a model that gives the recorded answer', async name => {
    const runtime = runtimeOn('auto');
    const { artifact, layout, proof } = await importCheckpoint(await fixture(name), name, importable, runtime);
    expect(proof).toMatchObject({ provider: AUTO, allowed: 1e-5 });
    expect(proof!.difference).toBeLessThan(1e-5);
    const bytes = artifact.files.get('model.onnx')!;
    expect(artifact.card.files).toEqual({ 'model.onnx': await sha256(bytes) });
    expect(artifact.card.training).toEqual({ file: name, sha256: await sha256(await fixture(name)), layout });
    expect(artifact.card.recorded!.output).toHaveLength(2);
    const session = await runtime.open(await modelOf(bytes, { recorded: artifact.card.recorded! }));
    expect(differenceOf((await session.run({ x: recordedInput(ANSWER) })).y!.data, ANSWER)).toBeLessThan(1e-5);
    await session.close();
  });

  it('imports nothing where the network is computed wrongly', async () => {
    const wrong = { ...importable, proof: { ...importable.proof, seed: 6 } };
    await expect(importCheckpoint(await fixture('flat.pth'), 'flat.pth', wrong, runtimeOn('auto'))).rejects.toMatchObject({
      code: 'IMPORT_PROOF',
      message: expect.stringContaining('nothing was imported'),
    });
  });
});
