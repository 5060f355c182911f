import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf, SyntraceError } from '@syntrace/core';

/** Makes an output's folder before the work begins: hours of it must not end at a path that cannot be written. @throws USAGE */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new SyntraceError('USAGE', { detail: `nothing can be written to ${folder} (${messageOf(error)})` }, error);
  }
}

/** The same for a file. @throws USAGE */
export async function prepareFile(file: string): Promise<void> {
  await prepareFolder(dirname(file));
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) throw new SyntraceError('USAGE', { detail: `${file} is a folder, not a file` });
  if (found)
    await access(file, constants.W_OK).catch((error: unknown) => {
      throw new SyntraceError('USAGE', { detail: `${file} cannot be written (${messageOf(error)})` }, error);
    });
}
