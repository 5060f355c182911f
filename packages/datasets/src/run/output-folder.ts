import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { SyntraceError } from '@syntrace/core';

/** The file that tells what a folder's contents come from. */
export const RUN_FILE = 'run.json';

/** Makes a folder for the results of a run, or goes on with one: its `run.json` must hold the same settings.
 *  @throws USAGE when it holds something else, or another run, or `resume` was not asked for */
export async function openOutput(folder: string, settings: Readonly<Record<string, unknown>>, resume: boolean): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, RUN_FILE);
  const text = `${JSON.stringify(settings, null, 2)}\n`;
  const known = await readFile(file, 'utf8').catch(() => null);
  const refuse = (detail: string): never => {
    throw new SyntraceError('USAGE', { detail });
  };
  if (known === null) {
    if ((await readdir(folder)).some(name => name !== `${RUN_FILE}.part`)) refuse(`${folder} holds something else; give an empty folder`);
    await replaceFile(file, text);
  } else if (known !== text) refuse(`${folder} holds a run with other settings (${file}); give another folder`);
  else if (!resume) refuse(`${folder} holds a run with the same settings; go on with --resume, or give another folder`);
}

/** Writes a file so that it is there whole or not at all, also after a power cut. */
export async function replaceFile(path: string, data: string | Uint8Array): Promise<void> {
  const part = `${path}.part`;
  const file = await open(part, 'w');
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
}
