import { loadServer } from './load-server.js';
import { dataOf } from './options.js';
import type { DataOptions, ServerModule } from './server-module.js';

type Database = Awaited<ReturnType<ServerModule['openDatabase']>>;

/** Work on the database of a service, which is closed afterwards. @throws SERVER_MISSING, DATABASE_UNAVAILABLE */
export async function withDatabase<T>(options: DataOptions, work: (server: ServerModule, database: Database) => Promise<T>): Promise<T> {
  const server = await loadServer();
  const database = await server.openDatabase(dataOf(options, server));
  try {
    return await work(server, database);
  } finally {
    await database.close();
  }
}
