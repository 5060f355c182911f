import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** Takes the value of one field; anything else than what it expects is an error. */
export type FieldReader = (reader: BinaryReader, wire: WireType) => void;

/** Passes over a message, reading the fields with these numbers. @throws for bytes that are no message of this kind */
export function readFields(bytes: Uint8Array, readers: Readonly<Record<number, FieldReader>>): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    const read = readers[field];
    if (read) read(reader, wire);
    else reader.skip(wire, field);
  }
  if (reader.pos !== reader.len) throw new RangeError('a field is longer than its message');
}

function expect(wire: WireType, expected: WireType): void {
  if (wire !== expected) throw new RangeError(`a field has the wire type ${wire}, expected ${expected}`);
}

/** A whole number. @throws beyond 2^53, and below 0 */
export const wholeField =
  (take: (value: number) => void): FieldReader =>
  (reader, wire) => {
    expect(wire, WireType.Varint);
    const value = Number(reader.int64());
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`a size of ${value}`);
    take(value);
  };

export const fixedField =
  (take: (value: number) => void): FieldReader =>
  (reader, wire) => {
    expect(wire, WireType.Bit32);
    take(reader.fixed32());
  };

export const bytesField =
  (take: (value: Uint8Array) => void): FieldReader =>
  (reader, wire) => {
    expect(wire, WireType.LengthDelimited);
    take(reader.bytes());
  };

export const textField =
  (take: (value: string) => void): FieldReader =>
  (reader, wire) => {
    expect(wire, WireType.LengthDelimited);
    take(reader.string());
  };
