import type { DataOptions } from './server-module.js';
import { withDatabase } from './with-database.js';

export async function exportCommand({ out, batch, ...options }: DataOptions & { readonly out: string; readonly batch?: string }): Promise<void> {
  const { files, rows } = await withDatabase(options, (server, database) => server.exportResults(database, out, batch));
  console.log(`${rows} results in ${files} files of ${out}`);
}
