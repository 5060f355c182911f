import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { checkSum, messageOf, SyntraceError } from '@syntrace/core';
import { createModelStore } from '@syntrace/model-runtime';

/** A published checkpoint: a file, or an https address with its checksum, which is kept in the cache. @throws USAGE, CHECKPOINT_INVALID, ARTIFACT_CHECKSUM, MODEL_UNREACHABLE */
export async function checkpointBytes(checkpoint: string, sha256: string | undefined): Promise<Uint8Array> {
  if (/^https?:/i.test(checkpoint)) {
    if (sha256 === undefined) throw new SyntraceError('USAGE', { detail: 'an address needs --sha256, the checksum that the file must have' });
    return createModelStore().load(new URL(checkpoint), sha256);
  }
  const bytes = await readFile(checkpoint).catch((error: unknown) => {
    throw new SyntraceError('CHECKPOINT_INVALID', { file: checkpoint, detail: `it cannot be read (${messageOf(error)})` }, error);
  });
  if (sha256 !== undefined) await checkSum(basename(checkpoint), bytes, sha256);
  return bytes;
}
