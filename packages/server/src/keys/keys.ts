import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { SyntraceError } from '@syntrace/core';
import type { Queries } from '../database/database.js';

/** `judge`: single pictures. `batch`: make and steer batches. `read`: results, detectors, workers. `metrics`: /metrics. */
export const SCOPES = ['judge', 'batch', 'read', 'metrics'] as const;
export type Scope = (typeof SCOPES)[number];

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Requests a minute. */
  readonly perMinute: number;
  readonly created: Date;
  readonly revoked: Date | null;
}

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: Scope[];
  readonly per_minute: number;
  readonly hash: Uint8Array;
  readonly created: Date;
  readonly revoked: Date | null;
}

const keyOf = ({ id, name, scopes, per_minute, created, revoked }: KeyRow): ApiKey => ({ id, name, scopes, perMinute: per_minute, created, revoked });
const FORM = /^syn_([a-z0-9]{12})_([A-Za-z0-9_-]{43})$/;
// The secret has 256 random bits, so that a plain hash cannot be searched; a slow one would only help who floods the server.
const hashed = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Makes a key; its text is shown once and not kept. @throws USAGE */
export async function addKey(
  queries: Queries,
  { name, scopes = [...SCOPES], perMinute = 600 }: { readonly name: string; readonly scopes?: readonly string[]; readonly perMinute?: number },
): Promise<{ readonly key: string; readonly id: string }> {
  const wrong = scopes.find(scope => !SCOPES.includes(scope as Scope));
  if (wrong !== undefined) throw new SyntraceError('USAGE', { detail: `--scope: there is no scope "${wrong}"; there are ${SCOPES.join(', ')}` });
  if (perMinute < 1) throw new SyntraceError('USAGE', { detail: '--per-minute: expected at least 1' });
  const id = randomBytes(8).toString('hex').slice(0, 12);
  const secret = randomBytes(32).toString('base64url');
  await queries.query('INSERT INTO syntrace.api_key (id, name, hash, scopes, per_minute) VALUES ($1, $2, $3, $4, $5)', [
    id,
    name,
    hashed(secret),
    [...scopes],
    perMinute,
  ]);
  return { key: `syn_${id}_${secret}`, id };
}

export async function listKeys(queries: Queries): Promise<readonly ApiKey[]> {
  return (await queries.query<KeyRow>('SELECT * FROM syntrace.api_key ORDER BY created')).map(keyOf);
}

/** @throws USAGE when there is none of this id */
export async function revokeKey(queries: Queries, id: string): Promise<void> {
  const rows = await queries.query('UPDATE syntrace.api_key SET revoked = coalesce(revoked, now()) WHERE id = $1 RETURNING id', [id]);
  if (rows.length === 0) throw new SyntraceError('USAGE', { detail: `there is no key ${id}; \`syntrace serve keys list\` shows them` });
}

/** Seconds for which a key is believed without asking again, and for how many more while the database is away. */
const FRESH_MS = 5_000;
const STALE_MS = 60_000;

/** Checks keys against the database, remembering each for a few seconds. */
export class KeyRing {
  private readonly known = new Map<string, { readonly row: KeyRow | undefined; readonly at: number }>();
  private any: { readonly value: boolean; readonly at: number } | undefined;

  constructor(
    private readonly queries: Queries,
    private readonly now: () => number = Date.now,
  ) {}

  /** Whether there is any key that is not revoked. */
  async hasKeys(): Promise<boolean> {
    if (this.any && this.now() - this.any.at < FRESH_MS) return this.any.value;
    try {
      const rows = await this.queries.query('SELECT 1 FROM syntrace.api_key WHERE revoked IS NULL LIMIT 1');
      this.any = { value: rows.length > 0, at: this.now() };
    } catch (error) {
      if (!this.any) throw error;
    }
    return this.any.value;
  }

  /** Whether a text names a key that was seen here before; says nothing of its secret. */
  knows(text: string): boolean {
    return this.known.has(FORM.exec(text)?.[1] ?? '');
  }

  /** @throws KEY_REFUSED, DATABASE_UNAVAILABLE */
  async check(text: string): Promise<ApiKey> {
    const [, id, secret] = FORM.exec(text) ?? [];
    if (!id || !secret) throw new SyntraceError('KEY_REFUSED', { detail: 'it has not the form of one' });
    const row = await this.find(id);
    // Compared also where there is no such key, so that time does not tell which ids exist.
    const same = timingSafeEqual(hashed(secret), row ? Buffer.from(row.hash) : hashed(''));
    if (!row || !same || row.revoked) throw new SyntraceError('KEY_REFUSED', { detail: 'it is unknown or revoked' });
    return keyOf(row);
  }

  private async find(id: string): Promise<KeyRow | undefined> {
    const known = this.known.get(id);
    if (known && this.now() - known.at < FRESH_MS) return known.row;
    try {
      const [row] = await this.queries.query<KeyRow>('SELECT * FROM syntrace.api_key WHERE id = $1', [id]);
      // Guesses are not remembered: memory stays that of the real keys.
      if (row) this.known.set(id, { row, at: this.now() });
      else this.known.delete(id);
      return row;
    } catch (error) {
      if (known && this.now() - known.at < STALE_MS) return known.row;
      throw error;
    }
  }
}
