import { appendFileSync, closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { type Checkpoint, SyntraceError } from '@syntrace/core';
import { prepareFile } from './output/prepare.js';

const MAGIC = 'syntrace checkpoint 1\n';
/** Bytes before a record: the lengths of its key and of its data. */
const LENGTHS = 8;

/** A checkpoint in one file that only grows: after a first line with the settings, records of a key and bytes. A last record that was cut off is dropped. */
export class CheckpointFile implements Checkpoint {
  private readonly places = new Map<string, readonly [start: number, length: number]>();
  private end: number;

  private constructor(
    private readonly file: number,
    settings: string,
    path: string,
  ) {
    const head = Buffer.from(`${MAGIC}${settings}\n`);
    const size = fstatSync(file).size;
    // Also one that was killed before its first line was whole.
    const begun = size < head.length && head.subarray(0, size).equals(this.read(0, size));
    if (begun) appendFileSync(file, head.subarray(size));
    else this.check(head, path);
    this.end = head.length;
    this.index(Math.max(size, head.length));
  }

  /** Begins a checkpoint, or goes on with the one that is there. @throws USAGE for a file that is none, that belongs to other settings, or that cannot be written */
  static async open(path: string, settings: string): Promise<CheckpointFile> {
    await prepareFile(path);
    return new CheckpointFile(openSync(path, 'a+'), settings, path);
  }

  async get(key: string): Promise<Uint8Array | null> {
    const place = this.places.get(key);
    return place ? this.read(...place) : null;
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    const name = Buffer.from(key);
    const lengths = Buffer.alloc(LENGTHS);
    lengths.writeUInt32LE(name.length, 0);
    lengths.writeUInt32LE(bytes.length, 4);
    appendFileSync(this.file, Buffer.concat([lengths, name, bytes]));
    this.places.set(key, [this.end + LENGTHS + name.length, bytes.length]);
    this.end += LENGTHS + name.length + bytes.length;
  }

  close(): void {
    fsyncSync(this.file);
    closeSync(this.file);
  }

  private check(head: Buffer, path: string): void {
    const found = this.read(0, head.length);
    if (head.equals(found)) return;
    const ours = found.subarray(0, MAGIC.length).equals(head.subarray(0, MAGIC.length));
    throw new SyntraceError('USAGE', {
      detail: ours ? `${path} belongs to a training with other settings; give another file to --resume` : `${path} is not a checkpoint of syntrace`,
    });
  }

  /** Finds the records, and cuts off what is no whole one. */
  private index(size: number): void {
    while (this.end + LENGTHS <= size) {
      const lengths = this.read(this.end, LENGTHS);
      const [name, data] = [lengths.readUInt32LE(0), lengths.readUInt32LE(4)];
      const start = this.end + LENGTHS + name;
      if (start + data > size) break;
      this.places.set(this.read(this.end + LENGTHS, name).toString(), [start, data]);
      this.end = start + data;
    }
    ftruncateSync(this.file, this.end);
  }

  private read(start: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    readSync(this.file, bytes, 0, length, start);
    return bytes;
  }
}
