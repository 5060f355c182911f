import { grid } from '../output/grid.js';
import type { DataOptions } from './server-module.js';
import { withDatabase } from './with-database.js';

type Options = DataOptions & { readonly json?: boolean };

export async function addKeyCommand(
  name: string,
  { scope, perMinute, ...options }: Options & { readonly scope?: readonly string[]; readonly perMinute?: number },
): Promise<void> {
  const made = await withDatabase(options, (server, database) =>
    server.addKey(database, { name, ...(scope && { scopes: scope }), ...(perMinute !== undefined && { perMinute }) }),
  );
  if (options.json) console.log(JSON.stringify(made));
  else console.log(`${made.key}\n\nKeep it: it is not shown again. Send it as  Authorization: Bearer KEY;  end it with  syntrace serve keys revoke ${made.id}`);
}

export async function listKeysCommand(options: Options): Promise<void> {
  const keys = await withDatabase(options, (server, database) => server.listKeys(database));
  if (options.json) console.log(JSON.stringify(keys, null, 2));
  else if (keys.length === 0) console.log('no keys; the server listens on loopback only');
  else
    console.log(
      grid(
        ['id', 'name', 'may', 'a minute', 'made', 'revoked'],
        keys.map(({ id, name, scopes, perMinute, created, revoked }) => [
          id,
          name,
          scopes.join(' '),
          String(perMinute),
          day(created),
          revoked ? day(revoked) : '',
        ]),
      ),
    );
}

export async function revokeKeyCommand(id: string, options: Options): Promise<void> {
  await withDatabase(options, (server, database) => server.revokeKey(database, id));
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
