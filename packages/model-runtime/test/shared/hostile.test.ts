import { describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../src/checkpoint/read-checkpoint.js';
import { checkpoint, dictionary, global, integer, joined, little, long, op, pickle, tensor, text, tuple, zipOf } from './make-files.js';

const refusal = (bytes: Uint8Array): { code: string; message: string } => {
  try {
    readCheckpoint(bytes, 'hostile.pth');
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('it was read');
};
const refused = (bytes: Uint8Array, code: string, words: RegExp) => expect(refusal(bytes)).toMatchObject({ code, message: expect.stringMatching(words) });
const stateWith = (value: Uint8Array) => checkpoint(pickle(dictionary(text('w'), value)));

it('the file that they are made of is read', () => {
  const { tensors } = readCheckpoint(stateWith(tensor()), 'good.pth');
  expect([...tensors]).toEqual([['w', { dtype: 'float32', shape: [2], bytes: new Uint8Array(new Float32Array([1, 2]).buffer) }]]);
});

describe('code', () => {
  it.each([
    ['os', 'system'],
    ['posix', 'system'],
    ['nt', 'system'],
    ['subprocess', 'Popen'],
    ['builtins', 'eval'],
    ['builtins', 'getattr'],
    ['__builtin__', 'exec'],
    ['torch.hub', 'load'],
    ['torch.jit._pickle', 'build_intlist'],
    ['torch.storage', '_load_from_bytes'],
    ['torch', 'load'],
    ['numpy.testing._private.utils', 'runstring'],
    ['__proto__', 'FloatStorage'],
    ['torch', '__proto__'],
    ['torch', 'constructor'],
  ])('%s.%s is refused by its name', (module, word) => {
    const call = joined(global(module, word), tuple(text('echo owned')), op('REDUCE'));
    refused(stateWith(call), 'CHECKPOINT_UNSAFE', new RegExp(`asks for ${module}\\.${word}`));
    const stacked = joined(text(module), text(word), op('STACK_GLOBAL'), tuple(text('echo owned')), op('REDUCE'));
    refused(stateWith(stacked), 'CHECKPOINT_UNSAFE', new RegExp(`${module}\\.${word}`));
  });

  it.each([
    ['INST', 0x69],
    ['OBJ', 0x6f],
    ['NEWOBJ_EX', 0x92],
    ['EXT1', 0x82],
    ['PERSID', 0x50],
    ['INT', 0x49],
    ['BYTEARRAY8', 0x96],
    ['nothing', 0xff],
  ])('the operation %s is refused by its number', (_, code) => {
    refused(checkpoint(pickle(Uint8Array.of(code))), 'CHECKPOINT_INVALID', new RegExp(`operation 0x${code.toString(16)} at 2`));
  });

  it('an inert object is passed over, but is no tensor', () => {
    const namespace = joined(global('argparse', 'Namespace'), op('EMPTY_TUPLE'), op('NEWOBJ'), dictionary(text('lr'), integer(1)), op('BUILD'));
    const value = dictionary(text('state_dict'), dictionary(text('w'), tensor()), text('hyper_parameters'), namespace);
    expect([...readCheckpoint(checkpoint(pickle(value)), 'ok.ckpt').tensors.keys()]).toEqual(['w']);
    refused(stateWith(namespace), 'CHECKPOINT_INVALID', /entry w is no tensor/);
  });

  it('what is no function is not called', () => {
    refused(stateWith(joined(text('os.system'), tuple(), op('REDUCE'))), 'CHECKPOINT_INVALID', /calls something that is no function/);
    refused(stateWith(joined(global('torch', 'FloatStorage'), tuple(integer(9)), op('REDUCE'))), 'CHECKPOINT_INVALID', /makes a torch\.FloatStorage/);
  });
});

describe('sizes', () => {
  it.each<[string, Parameters<typeof tensor>[0], RegExp]>([
    ['a shape beyond the storage', { shape: tuple(integer(3)) }, /w with sizes \[3\] does not fit into storage 0/],
    [
      'a shape whose product overflows',
      { shape: tuple(long(1n << 40n), long(1n << 40n)), strides: tuple(long(1n << 40n), integer(1)) },
      /does not fit into storage/,
    ],
    ['a shape of 2^64', { shape: tuple(long(1n << 64n)) }, /sizes or strides that are none/],
    ['a negative size', { shape: tuple(integer(-1)) }, /sizes or strides that are none/],
    ['an offset beyond the storage', { offset: integer(1) }, /does not fit/],
    ['a negative offset', { offset: integer(-4) }, /an offset, sizes or strides/],
    ['a stride of 0, which blows a number up', { shape: tuple(integer(2)), strides: tuple(integer(0)) }, /not in row order/],
    ['more elements than the storage has', { count: integer(1 << 28) }, /storage 0 has 8 bytes, 268435456 elements of 4/],
    ['a storage that is not there', { key: text('7') }, /storage 7, which is not there/],
    ['a storage outside the archive', { key: text('../../etc/passwd') }, /which is not there/],
    ['a storage of another type than its bytes', { storage: global('torch', 'DoubleStorage') }, /storage 0 has 8 bytes/],
  ])('%s', (_, parts, words) => {
    refused(stateWith(tensor(parts)), 'CHECKPOINT_INVALID', words);
  });

  it('a text and a whole number longer than the file', () => {
    refused(checkpoint(pickle(op('BINUNICODE', little(0xffffffff, 4)))), 'CHECKPOINT_INVALID', /4294967295 bytes are wanted/);
    refused(checkpoint(pickle(op('LONG1', [255]))), 'CHECKPOINT_INVALID', /255 bytes/);
  });

  it('a dictionary that holds itself, and a thousand layers of tuples, end', () => {
    const itself = joined(op('EMPTY_DICT'), op('BINPUT', [0]), text('w'), op('BINGET', [0]), op('SETITEM'));
    refused(checkpoint(pickle(itself)), 'CHECKPOINT_INVALID', /entry w is no tensor/);
    const deep = joined(op('EMPTY_TUPLE'), new Uint8Array(100_000).fill(op('TUPLE1')[0]!));
    refused(checkpoint(pickle(deep)), 'CHECKPOINT_INVALID', /holds no dictionary/);
  });

  it('doubling lists stay references', () => {
    const doubled = Array.from({ length: 64 }, (_, i) => joined(op('BINPUT', [i]), op('BINGET', [i]), op('TUPLE2')));
    refused(checkpoint(pickle(joined(op('EMPTY_TUPLE'), ...doubled))), 'CHECKPOINT_INVALID', /holds no dictionary/);
  });
});

describe('a stack', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['that is empty', pickle(), /takes more from the stack/],
    ['without a mark', pickle(op('TUPLE')), /no mark/],
    ['without what was kept', pickle(op('BINGET', [3])), /recalls value 3/],
    ['that keeps nothing', pickle(op('BINPUT', [0])), /remembers nothing/],
    ['with an odd dictionary', pickle(op('EMPTY_DICT'), op('MARK'), text('a'), op('SETITEMS')), /sets items of what is no dictionary/],
    ['with items of a text', pickle(text('a'), text('b'), text('c'), op('SETITEM')), /no dictionary/],
    ['that appends to a number', pickle(integer(1), integer(2), op('APPEND')), /no list/],
    ['that sets the state of a number', pickle(integer(1), integer(2), op('BUILD')), /has none/],
    ['of a later protocol', joined([0x80, 9], op('STOP')), /protocol 9/],
    ['that does not end', op('NONE'), /ends too early/],
    ['with text that is none', pickle(op('BINUNICODE', little(1, 4), [0xff])), /not UTF-8/],
  ])('%s', (_, content, words) => {
    refused(checkpoint(content), 'CHECKPOINT_INVALID', words);
  });
});

describe('a container', () => {
  const data = pickle(dictionary());
  const main = { name: 'archive/data.pkl', data };
  it.each<[string, Uint8Array, RegExp]>([
    ['with a path upwards', zipOf(main, { name: 'archive/../../evil', data }), /path that leads elsewhere/],
    ['with an absolute path', zipOf(main, { name: '/etc/passwd', data }), /path that leads elsewhere/],
    ['with a drive', zipOf(main, { name: 'C:/evil', data }), /path that leads elsewhere/],
    ['with backslashes', zipOf(main, { name: 'archive\\evil', data }), /path that leads elsewhere/],
    ['with two roots', zipOf(main, { name: 'other/x', data }), /other\/x lies outside archive\//],
    ['with two pickles', zipOf(main, { name: 'other/data.pkl', data }), /2 files data\.pkl/],
    ['with none', zipOf({ name: 'archive/version', data }), /0 files data\.pkl/],
    ['with a name twice', zipOf(main, main), /comes twice/],
    ['that is compressed', zipOf({ ...main, method: 8 }), /is compressed/],
    ['that is encrypted', zipOf({ ...main, flags: 1 }), /is encrypted/],
    ['with a wrong checksum', zipOf({ ...main, crc: 1 }), /checksum of its entry archive\/data\.pkl is wrong/],
    ['with an entry longer than itself', zipOf({ ...main, size: 1 << 30 }), /longer than the file/],
    ['with entries over one another', zipOf(main, { ...main, name: 'archive/data/0', at: 0 }), /overlap|checksum|not where/],
    ['with a directory that points outside', zipOf({ ...main, at: 1 << 30 }), /ends too early|not where/],
    ['that is big-endian', zipOf(main, { name: 'archive/byteorder', data: new TextEncoder().encode('big') }), /big-endian/],
  ])('%s', (_, bytes, words) => {
    refused(bytes, 'CHECKPOINT_INVALID', words);
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 0)],
    ['a bare pickle', pickle(dictionary())],
    ['text', new TextEncoder().encode('<!doctype html>'.repeat(9))],
  ])('%s is none', (_, bytes) => {
    refused(bytes, 'CHECKPOINT_INVALID', /is empty|neither a PyTorch checkpoint nor safetensors/);
  });
});
