import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainingEpoch } from '@syntrace/core';
import { stringify } from 'csv-stringify/sync';
import { curvePage } from './curve-page.js';
import { type EpochRow, epochLine, epochRow } from './epoch-row.js';

/** `curve.csv` and `curve.html` of a training, written anew after each epoch, so that they can be watched. */
export class CurveFiles {
  private readonly rows: EpochRow[] = [];

  constructor(
    private readonly folder: string,
    private readonly title: string,
  ) {}

  /** What the terminal should say. */
  async add(epoch: TrainingEpoch): Promise<string> {
    const row = epochRow(epoch);
    this.rows.push(row);
    const columns = [...row.keys()];
    await writeFile(join(this.folder, 'curve.csv'), stringify([columns, ...this.rows.map(each => columns.map(column => each.get(column)))]));
    await writeFile(join(this.folder, 'curve.html'), curvePage(this.title, this.rows));
    return epochLine(row);
  }
}
