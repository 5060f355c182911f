import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { NpyData } from './npy.js';

/** Values of pictures with one shape and type, ready to be kept. */
export interface Block {
  /** One array a picture. */
  readonly values: readonly NpyData[];
  readonly labels: readonly number[];
}

/** What a writer must know. */
export interface WriterOptions {
  readonly shape: readonly number[];
  readonly bytesPerPicture: number;
  readonly classes: number;
  /** Labels of the pictures that are there already. */
  readonly before: readonly number[];
}

/** Bytes of a block at most, unless one picture is larger: what is held in memory while it fills, and the size of a shard. */
export const BLOCK_BYTES = 64 << 20;

/** Pictures of a block that grows a file: few enough to lose when interrupted. */
export const blockOf = (bytesPerPicture: number): number => Math.max(1, Math.min(64, Math.floor(BLOCK_BYTES / bytesPerPicture)));

/** Keeps the pictures of one split. Blocks come in order; after a block is appended its bytes are on the disk. */
export interface SplitWriter {
  /** Pictures that make a block. */
  readonly block: number;
  append(block: Block): Promise<void>;
  /** What must be known to go on after the blocks so far. */
  state(): WriterState;
  finish(): Promise<void>;
  close(): Promise<void>;
}

export interface WriterState {
  readonly written: number;
  /** Length of each growing file. */
  readonly bytes: Readonly<Record<string, number>>;
}

export const NOTHING_WRITTEN: WriterState = { written: 0, bytes: {} };

/** A file that grows by appended pieces and can be cut back to a length that was recorded. */
export class GrowingFile {
  private constructor(
    private readonly file: FileHandle,
    private at: number,
  ) {}

  static async open(path: string, length: number): Promise<GrowingFile> {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, length === 0 ? 'w' : 'r+');
    await file.truncate(length);
    return new GrowingFile(file, length);
  }

  get length(): number {
    return this.at;
  }

  async append(...pieces: readonly Uint8Array[]): Promise<void> {
    for (const piece of pieces) {
      await this.file.write(piece, 0, piece.length, this.at);
      this.at += piece.length;
    }
  }

  /** After this, what was written survives a power cut. */
  sync(): Promise<void> {
    return this.file.datasync();
  }

  /** Writes over what stands at the start. */
  async restart(piece: Uint8Array): Promise<void> {
    await this.file.write(piece, 0, piece.length, 0);
  }

  close(): Promise<void> {
    return this.file.close();
  }
}
