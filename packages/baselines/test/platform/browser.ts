import { createModels } from '@syntrace/model-runtime';

declare const SHARED_GOLDEN: string | null;

export const runtime = (provider = 'auto') => createModels()({ threads: 2, provider });

/** Whether the golden data are here; vitest.config.ts looks. */
export const hasGolden = SHARED_GOLDEN !== null;

/** A file of the golden data, by its path in them, that the test server is allowed to give. */
export const golden = (name: string): Promise<Uint8Array> => bytesAt(`/@fs${SHARED_GOLDEN}/${name}`);

/** A file of test/fixtures. */
export const fixture = (name: string): Promise<Uint8Array> => bytesAt(new URL(`../fixtures/${name}`, import.meta.url).pathname);

async function bytesAt(place: string): Promise<Uint8Array> {
  const response = await fetch(`${place}?raw-bytes`);
  if (!response.ok) throw new Error(`${place}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
