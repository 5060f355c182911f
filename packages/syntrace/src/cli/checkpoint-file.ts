import { appendFileSync, closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { type Checkpoint, SyntraceError } from '@syntrace/core';
import { prepareFile } from './output/prepare.js';

const MAGIC = 'syntrace checkpoint 1\n';
/** Bytes before a record: the lengths of its key and of its data. */
const LENGTHS = 8;
/** Bytes of records that others took the place of, from which on the file is written anew if they are most of it. */
const WASTE = 64 * 2 ** 20;

/** A checkpoint in one file: after a first line with the settings, records of a key and bytes; of a key the last record counts. A last record that was cut off is dropped. */
export class CheckpointFile implements Checkpoint {
  private readonly places = new Map<string, readonly [start: number, length: number]>();
  private readonly head: Buffer;
  private end: number;
  /** Bytes of records whose key came again. */
  private waste = 0;

  private constructor(
    private file: number,
    settings: string,
    private readonly path: string,
    private readonly mostWaste: number,
  ) {
    this.head = Buffer.from(`${MAGIC}${settings}\n`);
    const size = fstatSync(file).size;
    // Also one that was killed before its first line was whole.
    const begun = size < this.head.length && this.head.subarray(0, size).equals(this.read(0, size));
    if (begun) appendFileSync(file, this.head.subarray(size));
    else this.check();
    this.end = this.head.length;
    this.index(Math.max(size, this.head.length));
  }

  /** Begins a checkpoint, or goes on with the one that is there. @throws USAGE for a file that is none, that belongs to other settings, or that cannot be written */
  static async open(path: string, settings: string, mostWaste = WASTE): Promise<CheckpointFile> {
    await prepareFile(path);
    return new CheckpointFile(openSync(path, 'a+'), settings, path, mostWaste);
  }

  async get(key: string): Promise<Uint8Array | null> {
    const place = this.places.get(key);
    return place ? this.read(...place) : null;
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    appendFileSync(this.file, record(key, bytes));
    this.place(key, this.end, bytes.length);
    if (this.waste > this.mostWaste && 2 * this.waste > this.end) this.writeAnew();
  }

  close(): void {
    fsyncSync(this.file);
    closeSync(this.file);
  }

  private check(): void {
    const found = this.read(0, this.head.length);
    if (this.head.equals(found)) return;
    const ours = found.subarray(0, MAGIC.length).equals(this.head.subarray(0, MAGIC.length));
    throw new SyntraceError('USAGE', {
      detail: ours ? `${this.path} belongs to a training with other settings; give another file to --resume` : `${this.path} is not a checkpoint of syntrace`,
    });
  }

  /** Keeps where a record of a key begins. */
  private place(key: string, start: number, length: number): void {
    const before = this.places.get(key);
    const own = LENGTHS + Buffer.byteLength(key);
    if (before) this.waste += own + before[1];
    this.places.set(key, [start + own, length]);
    this.end = start + own + length;
  }

  /** The records that count, in a file that takes this one's place when it is whole. */
  private writeAnew(): void {
    const fresh = `${this.path}.new`;
    const file = openSync(fresh, 'w');
    writeSync(file, this.head);
    const kept = [...this.places].map(([key, place]) => [key, place[1], record(key, this.read(...place))] as const);
    for (const [, , bytes] of kept) writeSync(file, bytes);
    fsyncSync(file);
    closeSync(file);
    closeSync(this.file);
    renameSync(fresh, this.path);
    this.file = openSync(this.path, 'a+');
    this.places.clear();
    [this.end, this.waste] = [this.head.length, 0];
    for (const [key, length] of kept) this.place(key, this.end, length);
  }

  /** Finds the records, and cuts off what is no whole one. */
  private index(size: number): void {
    while (this.end + LENGTHS <= size) {
      const lengths = this.read(this.end, LENGTHS);
      const [name, data] = [lengths.readUInt32LE(0), lengths.readUInt32LE(4)];
      if (this.end + LENGTHS + name + data > size) break;
      this.place(this.read(this.end + LENGTHS, name).toString(), this.end, data);
    }
    ftruncateSync(this.file, this.end);
  }

  private read(start: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    readSync(this.file, bytes, 0, length, start);
    return bytes;
  }
}

function record(key: string, bytes: Uint8Array): Buffer {
  const name = Buffer.from(key);
  const lengths = Buffer.alloc(LENGTHS);
  lengths.writeUInt32LE(name.length, 0);
  lengths.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([lengths, name, bytes]);
}
