import { type Artifact, type ImportableClassifiers, SyntraceError, sha256 } from '@syntrace/core';
import { afterAll, describe, expect, it } from 'vitest';
import { Bundle } from '../../src/checkpoint/saved-model/bundle.js';
import { networkOf, readSavedModel } from '../../src/checkpoint/saved-model/read-saved-model.js';
import { readSortedTable } from '../../src/checkpoint/saved-model/sorted-table.js';
import { importClassifier } from '../../src/import/import-classifier.js';
import { networkToOnnx } from '../../src/network/to-onnx.js';
import answers from '../fixtures/saved-model/answers.json' with { type: 'json' };
import { folder, models } from '../platform/node.js';
import { block, described, entry, header, table } from './make-tables.js';
import { ANSWER, importable, TINY } from './tiny.js';

const runtime = models()({ threads: 1, provider: 'auto' });
afterAll(() => runtime.close());

const refuse = (detail: string): never => {
  throw new SyntraceError('CHECKPOINT_INVALID', { file: 'folder', detail });
};

/** The input of scripts/make-saved-models.py, planes first. */
function pixels({ channels, height, width }: { channels: number; height: number; width: number }): Float32Array {
  const at = (n: number, y: number, x: number, c: number) => ((n * height + y) * width + x) * channels + c;
  const values = new Float32Array(2 * channels * height * width);
  let to = 0;
  for (let n = 0; n < 2; n++)
    for (let c = 0; c < channels; c++)
      for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) values[to++] = ((at(n, y, x, c) * 7919) % 2048) / 1024 - 1;
  return values;
}

const probabilities = (logits: Float32Array, outputs: number): number[] => {
  if (outputs === 1) return Array.from(logits, z => 1 / (1 + Math.exp(-z)));
  return Array.from({ length: logits.length / outputs }, (_, row) => {
    const powers = Array.from(logits.subarray(row * outputs, (row + 1) * outputs), Math.exp);
    return powers.map(power => power / powers.reduce((a, b) => a + b, 0));
  }).flat();
};

describe('a folder that Keras saved', () => {
  it.each<[name: keyof typeof answers, outputs: number, activation: string]>([
    ['residual', 3, 'softmax'],
    ['pooled', 2, 'softmax'],
    ['sequence', 1, 'sigmoid'],
  ])('%s answers as in TensorFlow', async (name, outputs, activation) => {
    const { found, state } = readSavedModel(await folder(name), name);
    expect(found).toMatchObject({ outputs, activation });
    const bytes = networkToOnnx(networkOf(found), state);
    const session = await runtime.open({ name: 'model.onnx', bytes, sha256: await sha256(bytes) });
    const { channels, height, width } = found.input;
    const { logits } = await session.run({ input: { dtype: 'f32', shape: [2, channels, height, width], data: pixels(found.input) } });
    await session.close();
    const given = probabilities(logits!.data, outputs);
    const wanted = answers[name] as readonly number[];
    expect(given).toHaveLength(wanted.length);
    given.forEach((probability, i) => {
      expect(Math.abs(probability - wanted[i]!)).toBeLessThan(1e-5);
    });
  });

  it('tells its penalty, and the description is read from either place', async () => {
    const files = await folder('sequence');
    expect(files.has('keras_metadata.pb')).toBe(false);
    const { found, version } = readSavedModel(files, 'sequence');
    expect(found.penalty.l1).toBe(0);
    expect(found.penalty.l2).toBeCloseTo(0.01);
    expect(version).toMatch(/^2\./);
    expect((await folder('pooled')).has('keras_metadata.pb')).toBe(true);
  });
});

/** Takes any classifier; its proof is that of another network. */
const anyClassifier: ImportableClassifiers = {
  recognise: found => ({
    network: { ...networkOf(found), name: 'own' },
    proof: { network: TINY, seed: importable.proof.seed, run: ANSWER },
    finish: async (from, { statistics }) => ({
      card: {
        ...importable.card({ file: from.file, sha256: from.sha256, layout: from.layout }),
        files: {},
        measured: { statistics: statistics !== undefined },
      },
      files: new Map(),
    }),
  }),
};

describe('importClassifier', () => {
  const named = async (name: string) => ({ folder: name, files: await folder(name) });

  it('writes a model that opens, with the answer that it must give, and where it came from', async () => {
    const { artifact, layout } = await importClassifier(await named('residual'), anyClassifier, runtime);
    const { card, files } = artifact as Artifact;
    expect(layout).toMatch(/^SavedModel, Keras 2\./);
    expect(card.training).toMatchObject({ file: 'residual', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const file = { name: 'model.onnx', bytes: files.get('model.onnx')!, sha256: card.files['model.onnx']!, recorded: card.recorded! };
    expect(card.recorded!.output).toHaveLength(6);
    const session = await runtime.open(file);
    await session.close();
    const again = await importClassifier(await named('residual'), anyClassifier, runtime);
    expect(again.artifact.card).toEqual(card);
  });

  it('is refused in the words of the detector', async () => {
    const none: ImportableClassifiers = { recognise: () => 'it looks at nothing' };
    await expect(importClassifier(await named('pooled'), none, runtime)).rejects.toMatchObject({
      code: 'CHECKPOINT_MISMATCH',
      message: expect.stringMatching(/pooled is not a state of a published classifier: it looks at nothing/),
    });
  });

  const array = (file: string, shape: readonly number[], value: number) => ({
    file,
    shape,
    data: new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(value),
  });
  it.each<[string, ReturnType<typeof array>, ReturnType<typeof array>, RegExp]>([
    ['a mean of another size', array('mean.npy', [8, 8, 1], 0), array('var.npy', [9, 9, 1], 1), /mean\.npy.*\[8, 8, 1\], the classifier takes \[9, 9, 1\]/],
    ['a variance of nought', array('mean.npy', [9, 9], 0), array('var.npy', [9, 9], 0), /var\.npy.*81 of its 81 values are not above 0/],
    ['a mean that is no number', array('mean.npy', [9, 9], Number.NaN), array('var.npy', [9, 9], 1), /mean\.npy.*are not finite/],
  ])('refuses %s', async (_, mean, variance, words) => {
    const files = { ...(await named('pooled')), statistics: { mean, variance } };
    await expect(importClassifier(files, anyClassifier, runtime)).rejects.toMatchObject({ code: 'DATA_INVALID', message: expect.stringMatching(words) });
  });

  it('gives the detector what it takes', async () => {
    const statistics = { mean: array('mean.npy', [9, 9], 1), variance: array('var.npy', [9, 9, 1], 4) };
    const { artifact } = await importClassifier({ ...(await named('pooled')), statistics }, anyClassifier, runtime);
    expect(artifact.card.measured).toEqual({ statistics: true });
  });
});

describe('a folder that is refused by what is wrong with it', () => {
  const without = (files: ReadonlyMap<string, Uint8Array>, name: string) => new Map([...files].filter(([each]) => each !== name));
  const changed = (files: ReadonlyMap<string, Uint8Array>, name: string, bytes: Uint8Array) => new Map([...files, [name, bytes]]);
  const [INDEX, DATA] = ['variables/variables.index', 'variables/variables.data-00000-of-00001'];

  it.each<[string, (files: ReadonlyMap<string, Uint8Array>) => ReadonlyMap<string, Uint8Array>, RegExp]>([
    ['no graph', files => without(files, 'saved_model.pb'), /saved_model\.pb is missing: it is no SavedModel folder/],
    ['no index', files => without(files, INDEX), /variables\.index is missing/],
    ['no shard', files => without(files, DATA), /variables\.data-00000-of-00001 is missing/],
    ['a shard that is cut off', files => changed(files, DATA, files.get(DATA)!.slice(0, 200)), /lies at .* of .*, which has 200 bytes: it is cut off/],
    ['no description', files => changed(without(files, 'keras_metadata.pb'), 'saved_model.pb', files.get('saved_model.pb')!), /describes no Keras model/],
    ['a description that is none', files => changed(files, 'keras_metadata.pb', Uint8Array.of(0xff, 0xff)), /keras_metadata\.pb is damaged/],
    ['an index that is none', files => changed(files, INDEX, new Uint8Array(100)), /variables\.index: it does not end as a table does/],
  ])('%s', async (_, change, words) => {
    const files = change(await folder('residual'));
    expect(() => readSavedModel(files, 'hostile')).toThrow(expect.objectContaining({ code: 'CHECKPOINT_INVALID', message: expect.stringMatching(words) }));
  });

  it('a layer that runs code', async () => {
    const files = await folder('foreign');
    expect(() => readSavedModel(files, 'foreign')).toThrow(/its layer lambda \(Lambda\) is of a kind that no published classifier has/);
  });

  it('variables of another model', async () => {
    const [files, other] = [await folder('residual'), await folder('pooled')];
    const mixed = new Map([...files, [INDEX, other.get(INDEX)!], [DATA, other.get(DATA)!]]);
    expect(() => readSavedModel(mixed, 'mixed')).toThrow(
      expect.objectContaining({ code: 'CHECKPOINT_MISMATCH', message: expect.stringMatching(/variables are missing/) }),
    );
    const fewer = new Map([...other, [INDEX, files.get(INDEX)!], [DATA, files.get(DATA)!]]);
    expect(() => readSavedModel(fewer, 'fewer')).toThrow(
      expect.objectContaining({ code: 'CHECKPOINT_MISMATCH', message: expect.stringMatching(/belong to no layer/) }),
    );
  });

  it('every cut of a file', async () => {
    const whole = await folder('residual');
    for (const [name, bytes] of whole)
      for (let length = 0; length < bytes.length; length += Math.max(1, Math.floor(bytes.length / 53))) {
        // A description whose last objects are missing still tells of the model, which stands first.
        if (name === 'saved_model.pb') continue;
        const read = () => readSavedModel(changed(whole, name, bytes.slice(0, length)), 'cut');
        try {
          expect(read().state).toEqual(readSavedModel(whole, 'whole').state);
        } catch (error) {
          if (!SyntraceError.is(error)) throw error;
        }
      }
  });

  it('a changed byte never gives other weights in silence', async () => {
    const whole = await folder('residual');
    const { state } = readSavedModel(whole, 'whole');
    for (const name of [INDEX, DATA]) {
      const bytes = whole.get(name)!;
      for (let at = 0; at < bytes.length; at += 29) {
        const other = bytes.slice();
        other[at]! ^= 0x41;
        try {
          expect(readSavedModel(changed(whole, name, other), 'changed').state, `${name} ${at}`).toEqual(state);
        } catch (error) {
          if (!SyntraceError.is(error)) throw error;
        }
      }
    }
  });
});

describe('a table', () => {
  const one = Uint8Array.of(1);
  it('gives its entries, with keys that begin as the one before', () => {
    const data = block([entry('layer', one), entry('2', Uint8Array.of(2, 3), 5)]);
    expect([...readSortedTable(table(data), refuse)]).toEqual([
      ['layer', one],
      ['layer2', Uint8Array.of(2, 3)],
    ]);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['of another kind', table(block([entry('a', one)]), { magic: new Array(8).fill(0) }), /does not end as a table does/],
    ['with compressed blocks', table(block([entry('a', one)]), { compression: 1 }), /compressed/],
    ['with a wrong checksum', table(block([entry('a', one)]), { checksum: 1 }), /checksum of its block at 0 is wrong/],
    ['with a block outside', table(block([entry('a', one)]), { handle: [1 << 30, 12] }), /lies outside/],
    ['with a block of 2^32 bytes', table(block([entry('a', one)]), { handle: [0, 0xffffffff] }), /lies outside/],
    ['with more restarts than bytes', table(block([entry('a', one)], 1 << 28)), /claims 268435456 restarts/],
    ['with a key that shares what is not there', table(block([entry('a', one, 9)])), /shares 9 bytes with one of 0/],
    ['with keys out of order', table(block([entry('b', one), entry('a', one)])), /its key a is out of order/],
    ['with a key twice', table(block([entry('a', one), entry('a', one)])), /its key a is out of order/],
    ['with a key beyond all names', table(block([entry('a'.repeat(5000), one)])), /a key has 5000 bytes/],
    ['with an entry that is cut off', table(block([entry('abc', one).slice(0, 4)])), /damaged/],
  ])('%s is refused', (_, bytes, words) => {
    expect(() => readSortedTable(bytes, refuse)).toThrow(words);
  });
});

describe('a bundle', () => {
  const bundleOf = (parts: Parameters<typeof described>[0], head = header()) =>
    new Bundle(
      new Map([
        ['variables/variables.index', table(block([entry('', head), entry('w', described(parts))]))],
        ['variables/variables.data-00000-of-00001', new Uint8Array(8)],
      ]),
      refuse,
    );
  // CRC-32C of four noughts, as TensorFlow masks it.
  const checksum = (() => {
    const crc = 0x48674bc7;
    return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  })();

  it('gives a variable whose checksum fits', () => {
    expect(bundleOf({ shape: [1], checksum }).tensor('w')).toEqual({ dtype: 'float32', shape: [1], bytes: new Uint8Array(4) });
  });

  it.each<[string, Parameters<typeof described>[0], RegExp]>([
    ['a wrong checksum', { shape: [1] }, /checksum of w .* is wrong/],
    ['another size than its shape', { shape: [2] }, /w has 4 bytes for the shape \[2\] of float32/],
    ['a shape whose product overflows', { shape: [2 ** 40, 2 ** 40] }, /w has 4 bytes for the shape/],
    ['a negative size', { shape: [-1] }, /the entry of w is damaged/],
    ['an offset beyond the shard', { shape: [1], offset: 6 }, /lies at 6…10/],
    ['a shard that is not there', { shape: [1], shard: 1 }, /shard 1 of 1/],
    ['an unknown type', { shape: [1], type: 7 }, /data type 7/],
    ['slices', { shape: [1], sliced: true }, /is partitioned/],
  ])('with %s is refused', (_, parts, words) => {
    expect(() => bundleOf(parts).tensor('w')).toThrow(words);
  });

  it('of big-endian numbers, or of no shard, is refused', () => {
    expect(() => bundleOf({}, header(1, 1))).toThrow(/big-endian/);
    expect(() => bundleOf({}, header(0))).toThrow(/claims 0 shards/);
    expect(() => bundleOf({}, header(1 << 20))).toThrow(/claims 1048576 shards/);
  });
});
