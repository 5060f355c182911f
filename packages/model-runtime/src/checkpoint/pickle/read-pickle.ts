import type { Cursor } from '../cursor.js';
import type { Refuse } from '../refuse.js';
import { built, storageOf } from './build.js';
import { globalOf } from './globals.js';
import { OPCODES } from './opcodes.js';
import { GlobalReference, InertObject, type PickleValue } from './values.js';

const LAST_PROTOCOL = 5;
/** Two's complement of more bytes is no size of anything here. */
const LONGEST_INTEGER = 16;

/** Reads one pickle from the cursor: plain values, dictionaries, and descriptions of tensors. A name that is not on the list, an opcode that is not
 *  understood and a value where it cannot be are refused; nothing is imported or called. O(bytes)
 *  @throws CHECKPOINT_INVALID, CHECKPOINT_UNSAFE */
export function readPickle(from: Cursor, file: string, refuse: Refuse): PickleValue {
  return new Machine(from, file, refuse).run();
}

type Step = (machine: Machine) => void;

class Machine {
  private stack: PickleValue[] = [];
  /** Stacks below the marks. */
  private readonly below: PickleValue[][] = [];
  private readonly memo = new Map<number, PickleValue>();

  constructor(
    readonly from: Cursor,
    readonly file: string,
    readonly refuse: Refuse,
  ) {}

  run(): PickleValue {
    for (;;) {
      const at = this.from.at;
      const code = this.from.u8();
      if (code === OPCODES.STOP) return this.pop();
      const step = STEPS.get(code) ?? this.refuse(`its pickle holds the operation 0x${code.toString(16).padStart(2, '0')} at ${at}, which is not understood`);
      step(this);
    }
  }

  push(value: PickleValue): void {
    this.stack.push(value);
  }

  pop(): PickleValue {
    const value = this.stack.pop();
    return value === undefined ? this.refuse('its pickle takes more from the stack than there is') : value;
  }

  mark(): void {
    this.below.push(this.stack);
    this.stack = [];
  }

  /** Everything since the last mark. */
  popMarked(): PickleValue[] {
    const items = this.stack;
    this.stack = this.below.pop() ?? this.refuse('its pickle has no mark where it needs one');
    return items;
  }

  popTuple(size: number): PickleValue[] {
    return Array.from({ length: size }, () => this.pop()).reverse();
  }

  /** The value on top stays there. */
  top(): PickleValue {
    return this.stack.at(-1) ?? this.refuse('its pickle needs a value where there is none');
  }

  remember(place: number): void {
    this.memo.set(place, this.stack.at(-1) === undefined ? this.refuse('its pickle remembers nothing') : this.stack.at(-1)!);
  }

  memoize(): void {
    this.remember(this.memo.size);
  }

  recall(place: number): void {
    const value = this.memo.get(place);
    this.push(value === undefined ? this.refuse(`its pickle recalls value ${place}, which it never kept`) : value);
  }

  global(module: PickleValue, word: PickleValue): void {
    if (typeof module !== 'string' || typeof word !== 'string') this.refuse('its pickle names something by what is no text');
    this.push(new GlobalReference(globalOf(String(module), String(word), this.file)));
  }

  setItems(items: readonly PickleValue[]): void {
    const target = this.top();
    if (target instanceof InertObject) return;
    const map = target instanceof Map && items.length % 2 === 0 ? target : this.refuse('its pickle sets items of what is no dictionary');
    for (let i = 0; i < items.length; i += 2) map.set(items[i]!, items[i + 1]!);
  }

  append(items: readonly PickleValue[]): void {
    const target = this.top();
    if (target instanceof InertObject) return;
    const list = Array.isArray(target) ? target : this.refuse('its pickle appends to what is no list');
    for (const item of items) list.push(item);
  }

  reduce(): void {
    const args = this.pop();
    this.push(built(this.pop(), args, this.refuse));
  }

  /** Attributes of an object, such as `_metadata` of a state: dropped. */
  build(): void {
    this.pop();
    const target = this.top();
    if (!(target instanceof Map) && !(target instanceof InertObject)) this.refuse('its pickle sets the state of what has none');
  }

  dictionary(): void {
    const items = this.popMarked();
    this.push(new Map());
    this.setItems(items);
  }

  longInteger(length: number): bigint | number {
    if (length > LONGEST_INTEGER) this.refuse(`a whole number in it has ${length} bytes`);
    const value = this.from.take(length).reduce((sum, byte, i) => sum | (BigInt(byte) << BigInt(8 * i)), 0n);
    const signed = BigInt.asIntN(8 * length, value);
    return signed >= BigInt(Number.MIN_SAFE_INTEGER) && signed <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(signed) : signed;
  }

  protocol(): void {
    const version = this.from.u8();
    if (version > LAST_PROTOCOL) this.refuse(`its pickle has protocol ${version}`);
  }
}

const STEPS: ReadonlyMap<number, Step> = new Map<number, Step>([
  [OPCODES.PROTO, m => m.protocol()],
  [OPCODES.FRAME, m => m.from.u64()],
  [OPCODES.MARK, m => m.mark()],
  [OPCODES.POP, m => m.pop()],
  [OPCODES.POP_MARK, m => m.popMarked()],
  [OPCODES.NONE, m => m.push(null)],
  [OPCODES.NEWTRUE, m => m.push(true)],
  [OPCODES.NEWFALSE, m => m.push(false)],
  [OPCODES.BININT, m => m.push(m.from.i32())],
  [OPCODES.BININT1, m => m.push(m.from.u8())],
  [OPCODES.BININT2, m => m.push(m.from.u16())],
  [OPCODES.LONG1, m => m.push(m.longInteger(m.from.u8()))],
  [OPCODES.BINFLOAT, m => m.push(m.from.double())],
  [OPCODES.BINUNICODE, m => m.push(m.from.text(m.from.u32()))],
  [OPCODES.SHORT_BINUNICODE, m => m.push(m.from.text(m.from.u8()))],
  [OPCODES.BINSTRING, m => m.push(m.from.text(m.from.u32()))],
  [OPCODES.SHORT_BINSTRING, m => m.push(m.from.text(m.from.u8()))],
  [OPCODES.BINBYTES, m => m.push(m.from.take(m.from.u32()))],
  [OPCODES.SHORT_BINBYTES, m => m.push(m.from.take(m.from.u8()))],
  [OPCODES.EMPTY_DICT, m => m.push(new Map())],
  [OPCODES.EMPTY_LIST, m => m.push([])],
  [OPCODES.EMPTY_TUPLE, m => m.push([])],
  [OPCODES.EMPTY_SET, m => m.push([])],
  [OPCODES.ADDITEMS, m => m.append(m.popMarked())],
  [OPCODES.DICT, m => m.dictionary()],
  [OPCODES.LIST, m => m.push(m.popMarked())],
  [OPCODES.TUPLE, m => m.push(m.popMarked())],
  [OPCODES.TUPLE1, m => m.push(m.popTuple(1))],
  [OPCODES.TUPLE2, m => m.push(m.popTuple(2))],
  [OPCODES.TUPLE3, m => m.push(m.popTuple(3))],
  [OPCODES.APPEND, m => m.append([m.pop()])],
  [OPCODES.APPENDS, m => m.append(m.popMarked())],
  [OPCODES.SETITEM, m => m.setItems(m.popTuple(2))],
  [OPCODES.SETITEMS, m => m.setItems(m.popMarked())],
  [OPCODES.BINPUT, m => m.remember(m.from.u8())],
  [OPCODES.LONG_BINPUT, m => m.remember(m.from.u32())],
  [OPCODES.MEMOIZE, m => m.memoize()],
  [OPCODES.BINGET, m => m.recall(m.from.u8())],
  [OPCODES.LONG_BINGET, m => m.recall(m.from.u32())],
  [OPCODES.GLOBAL, m => m.global(m.from.line(), m.from.line())],
  [OPCODES.STACK_GLOBAL, m => m.global(...(m.popTuple(2) as [PickleValue, PickleValue]))],
  [OPCODES.BINPERSID, m => m.push(storageOf(m.pop(), m.refuse))],
  [OPCODES.REDUCE, m => m.reduce()],
  [OPCODES.NEWOBJ, m => m.reduce()],
  [OPCODES.BUILD, m => m.build()],
]);
