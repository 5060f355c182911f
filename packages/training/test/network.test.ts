import { readFile } from 'node:fs/promises';
import { batchNorm, convolution, type Network, type NetworkTrainer, type NetworkTraining, relu, type StoredTensor, SyntraceError } from '@syntrace/core';
import { describe, expect, test } from 'vitest';
import { loadAddon } from '../src/load-addon.js';
import { createLearners } from '../src/node.js';

interface Fixture {
  readonly x: readonly number[];
  readonly shape: readonly number[];
  readonly labels: readonly number[];
  readonly start: Readonly<Record<string, readonly number[]>>;
  readonly steps: readonly { readonly loss: number; readonly logits: readonly number[]; readonly gradients: Readonly<Record<string, readonly number[]>> }[];
  readonly evaluated: readonly number[];
}

/** What PyTorch computes in float64 (crates/learn-networks/tests/fixtures/make.py). */
const fixture = async (name: string) =>
  JSON.parse(await readFile(new URL(`../../../crates/learn-networks/tests/fixtures/${name}.json`, import.meta.url), 'utf8')) as Fixture;

const features = { name: 'x', channels: 3 };
const SMALL: Network = {
  name: 'small',
  input: features,
  output: { name: 'y' },
  layers: [
    convolution('conv1', 3, 4, 3, 2),
    batchNorm('bn1', 4),
    relu,
    { kind: 'max-pool', kernel: 3, stride: 2, padding: 1 },
    {
      kind: 'residual',
      body: [convolution('conv2', 4, 6, 3, 2), batchNorm('bn2', 6)],
      shortcut: [convolution('side', 4, 6, 1, 2), batchNorm('bn3', 6)],
    },
    relu,
    { kind: 'global-average-pool' },
    { kind: 'linear', name: 'fc', from: 6, to: 1 },
  ],
};
const CLASSES: Network = {
  name: 'classes',
  input: features,
  output: { name: 'y' },
  layers: [
    { ...convolution('conv1', 3, 4, 3), bias: true },
    relu,
    { kind: 'average-pool', kernel: 2, stride: 2 },
    { ...convolution('conv2', 4, 5, 3, 2), bias: true },
    relu,
    { kind: 'flatten' },
    { kind: 'linear', name: 'hidden', from: 60, to: 7 },
    relu,
    { kind: 'dropout', rate: 0 },
    { kind: 'linear', name: 'fc', from: 7, to: 3 },
  ],
};
const BINARY: NetworkTraining = { loss: 'binary', rate: 0.01, seed: 1 };
const THREE: NetworkTraining = {
  loss: 'softmax',
  rate: 0.01,
  seed: 1,
  initial: 'glorot',
  method: { kind: 'adam', decay: 0.1 },
  penalties: { 'conv1.weight': { l1: 0.01, l2: 0.02 }, 'hidden.weight': { l1: 0, l2: 0.03 } },
};

const addon = (() => {
  try {
    return loadAddon();
  } catch {
    console.warn('SKIPPED: there is no addon here; npm run build -- --native makes it');
    return null;
  }
})();

const tensor = (values: readonly number[], shape: readonly number[]): StoredTensor<'f32'> => ({ dtype: 'f32', shape, data: Float32Array.from(values) });

function taken(trainer: NetworkTrainer, { start }: Fixture): void {
  trainer.load(new Map(Object.entries(start).map(([name, values]) => [name, tensor(values, [values.length])])));
}

const near = (found: ArrayLike<number>, wanted: readonly number[], allowed: number) => {
  expect(found).toHaveLength(wanted.length);
  wanted.forEach((value, i) => {
    expect(Math.abs(found[i]! - value)).toBeLessThan(allowed);
  });
};

describe.skipIf(!addon)('a network', async () => {
  const learners = await createLearners();
  const cases = [
    ['with batch norms and a residual, one logit', SMALL, BINARY, await fixture('small')],
    ['with biases, mean pools and planes that are flattened, a logit a class, penalties and decay', CLASSES, THREE, await fixture('classes')],
  ] as const;

  test.each(cases)("%s: PyTorch's losses, logits and gradients over three steps, and its answer after them", async (_, network, training, wanted) => {
    const trainer = await learners.network(network, { ...training, threads: 2 });
    taken(trainer, wanted);
    const [batch, labels] = [tensor(wanted.x, wanted.shape), Uint8Array.from(wanted.labels)];
    for (const step of wanted.steps) {
      const { loss, logits, gradient } = await trainer.step(batch, labels);
      expect(Math.abs(loss - step.loss)).toBeLessThan(1e-4);
      near(logits, step.logits, 2e-3);
      const norm = Math.hypot(...Object.values(step.gradients).flat());
      expect(Math.abs(gradient / norm - 1)).toBeLessThan(2e-3);
    }
    near(await trainer.evaluate(batch), wanted.evaluated, 5e-3);
  });

  test('goes on from a checkpoint as if nothing had happened, dropout included', async () => {
    const { x, shape, labels } = await fixture('classes');
    const [batch, truth] = [tensor(x, shape), Uint8Array.from(labels)];
    const network = { ...CLASSES, layers: CLASSES.layers.map(layer => (layer.kind === 'dropout' ? { ...layer, rate: 0.5 } : layer)) };
    const losses = async (trainer: NetworkTrainer, count: number) => {
      const steps = await Promise.all(Array.from({ length: count }, () => trainer.step(batch, truth)));
      return steps.map(({ loss }) => loss);
    };
    const whole = await losses(await learners.network(network, THREE), 6);
    const half = await learners.network(network, THREE);
    const first = await losses(half, 3);
    const second = await learners.network(network, { ...THREE, seed: 1 });
    second.resume(half.checkpoint());
    expect(second.steps).toBe(3);
    expect([...first, ...(await losses(second, 3))]).toEqual(whole);
    expect(new Set(whole).size).toBe(6);
  });

  test('the same seed gives the same parameters, in the order of parametersOf', async () => {
    const [a, b, c] = await Promise.all([BINARY, BINARY, { ...BINARY, seed: 2 }].map(training => learners.network(SMALL, training)));
    expect(a!.state()).toEqual(b!.state());
    expect(c!.state()).not.toEqual(a!.state());
    expect([...a!.state().keys()].slice(0, 3)).toEqual(['conv1.weight', 'bn1.weight', 'bn1.bias']);
    const { data } = a!.state().get('conv1.weight')!;
    // Normal with variance 2/(4·3²).
    expect(Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length)).toBeCloseTo(Math.sqrt(2 / 36), 1);
  });

  test('learns what can be learnt, by plain descent too', async () => {
    const trainer = await learners.network(SMALL, { ...BINARY, rate: 0.1, method: { kind: 'descent' } });
    const batch = tensor(
      Array.from({ length: 8 * 3 * 16 * 16 }, (_, i) => (Math.floor(i / 768) % 2 === 0 ? 1 : -1) * (1 + (i % 7))),
      [8, 3, 16, 16],
    );
    const labels = Uint8Array.from({ length: 8 }, (_, i) => i % 2);
    const losses = [];
    for (let i = 0; i < 40; i++) losses.push((await trainer.step(batch, labels)).loss);
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 4);
  });

  test.each([
    ['other channels', { shape: [4, 1, 19, 39] }, /conv1 wants 3 channels, receives 1/],
    ['too few labels', { labels: Uint8Array.of(0, 1) }, /2 labels/],
    ['a label that is no class', { labels: Uint8Array.of(0, 1, 2, 0) }, /labels of 0…1/],
    ['NaN', { data: new Float32Array(4 * 3 * 19 * 13).fill(Number.NaN) }, /the loss is NaN/],
  ])('refuses %s and stays usable', async (_, change: { shape?: number[]; labels?: Uint8Array; data?: Float32Array }, words) => {
    const { x, shape, labels } = await fixture('small');
    const trainer = await learners.network(SMALL, BINARY);
    const batch = { ...tensor(x, change.shape ?? shape), ...(change.data && { data: change.data }) };
    const error = await trainer.step(batch, change.labels ?? Uint8Array.from(labels)).catch((caught: unknown) => caught);
    expect(SyntraceError.is(error, 'TRAINING_INVALID')).toBe(true);
    expect((error as SyntraceError).message).toMatch(words);
    await expect(trainer.step(tensor(x, shape), Uint8Array.from(labels))).resolves.toMatchObject({ loss: expect.any(Number) });
  });

  test('refuses networks and options that do not hold, and damaged checkpoints', async () => {
    const twins: Network = { ...SMALL, layers: [...SMALL.layers, { kind: 'linear', name: 'fc', from: 1, to: 1 }] };
    const refused = (network: Network, training: NetworkTraining) => learners.network(network, training).catch((error: unknown) => error);
    for (const error of [
      await refused(twins, BINARY),
      await refused({ ...SMALL, layers: [relu] }, BINARY),
      await refused(SMALL, { ...BINARY, rate: -1 }),
      await refused(SMALL, { ...BINARY, penalties: { 'conv9.weight': { l1: 1, l2: 0 } } }),
    ])
      expect(SyntraceError.is(error, 'TRAINING_INVALID')).toBe(true);
    const trainer = await learners.network(SMALL, BINARY);
    const other = await learners.network(CLASSES, THREE);
    expect(() => trainer.resume(other.checkpoint())).toThrow(expect.objectContaining({ code: 'ARTIFACT_INVALID' }));
    expect(() => trainer.resume(trainer.checkpoint().subarray(0, 500))).toThrow(expect.objectContaining({ code: 'ARTIFACT_INVALID' }));
  });
});

test('a platform without the addon says what to do', () => {
  const none = (specifier: string) => {
    throw new Error(`Cannot find module '${specifier}'`);
  };
  expect(() => loadAddon(none, 'plan9-riscv')).toThrow(
    expect.objectContaining({ code: 'TRAINING_UNAVAILABLE', hint: expect.stringContaining('@syntrace/training-plan9-riscv') }),
  );
  expect(() => loadAddon(() => ({}), 'linux-x64-gnu')).toThrow(expect.objectContaining({ message: expect.stringContaining('another version') }));
});
