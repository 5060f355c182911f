import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf, SyntraceError } from '@syntrace/core';
import type { ServerModule } from './server-module.js';

const NAME = '@syntrace/server';

/** The optional package, found beside this one or from the working folder; whoever never serves does not install it. @throws SERVER_MISSING */
export async function loadServer(): Promise<ServerModule> {
  const reasons: string[] = [];
  for (const from of [import.meta.url, pathToFileURL(resolve('package.json')).href]) {
    try {
      return (await import(pathToFileURL(createRequire(from).resolve(NAME)).href)) as ServerModule;
    } catch (error) {
      reasons.push(messageOf(error).split('\n')[0]!);
      // It is there, and something else is wrong.
      if (!/Cannot find (module|package) '@syntrace\/server/.test(messageOf(error)) && (error as { code?: string }).code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED')
        throw new SyntraceError('SERVER_MISSING', { detail: reasons.at(-1)! }, error);
    }
  }
  throw new SyntraceError('SERVER_MISSING', { detail: reasons[0]! });
}
