import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { openDatabase } from '../database/open.js';
import { openStore } from '../sources/store.js';
import { deleteExpired } from './retention.js';

it('batches past their days go with their results and uploads; running ones and younger ones stay', async () => {
  const data = mkdtempSync(join(tmpdir(), 'syntrace-retention-'));
  const database = await openDatabase({ data });
  const store = openStore(join(data, 'store'), { region: 'none' });
  const batch = async (state: string, days: number) => {
    const [row] = await database.query<{ id: string }>(
      `INSERT INTO syntrace.batch (id, state, engine, answer, ask, source, chunk, created, keep_days)
       VALUES (gen_random_uuid(), $1, 'e', 'a', '{}', '{"kind": "upload"}', 64, now() - make_interval(days => $2), 30) RETURNING id`,
      [state, days],
    );
    await store.put(`uploads/${row!.id}/x`, new Uint8Array(3));
    await database.query("INSERT INTO syntrace.result (batch, item, seq, uri, answer, worker) VALUES ($1, 0, 1, 'x', 'a', 'w')", [row!.id]);
    return row!.id;
  };
  try {
    const [old, running, young] = [await batch('done', 31), await batch('running', 31), await batch('done', 29)];
    expect(await deleteExpired(database, store, pino({ level: 'silent' }))).toBe(1);
    const left = await database.query<{ batch: string }>('SELECT batch FROM syntrace.result ORDER BY batch');
    expect(left.map(row => row.batch).sort()).toEqual([running, young].sort());
    expect(await Promise.all([old, running, young].map(id => store.has(`uploads/${id}/x`)))).toEqual([false, true, true]);
  } finally {
    await database.close();
    rmSync(data, { recursive: true, force: true });
  }
});
