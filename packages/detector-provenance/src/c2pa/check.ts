import type { FileKind, Parts } from '../file/parts.js';
import { LIMITS } from '../limits.js';
import { type Credential, credentialOf, unreadable } from './credential.js';
import type { C2paReader, ReaderSettings } from './reader.js';
import { asRecord } from './store.js';
import { overdue, type TrustList } from './trust-list.js';

const FORMATS: Partial<Record<FileKind, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  tiff: 'image/tiff',
  avif: 'image/avif',
  heif: 'image/heif',
};

export interface CheckSettings extends Pick<ReaderSettings, 'fetch'> {
  readonly trust: readonly TrustList[];
}

/** Asks the C2PA reader about a file in which a scan saw a manifest. What the reader cannot do becomes a finding. */
export async function checkCredential(bytes: Uint8Array, parts: Parts, reader: C2paReader, settings: CheckSettings): Promise<Credential | null> {
  const { kind, manifests, findings } = parts;
  const largest = Math.max(0, ...manifests);
  if (manifests.length > 1) findings.add('C2PA_SEVERAL', `${manifests.length} manifest stores; a file may hold one`);
  if (largest > LIMITS.manifest) {
    findings.add('C2PA_TOO_LARGE', `a manifest store of ${largest} bytes was not read`);
    return null;
  }
  const { trust, fetch } = settings;
  for (const { name, nextUpdate } of overdue(trust))
    findings.add('C2PA_TRUST_LIST_OLD', `${name} was to be renewed by ${nextUpdate}; signers may have been added or struck off since`);
  try {
    const trustAnchors = trust.map(({ anchors }) => anchors).join('\n');
    const store = await reader.read(FORMATS[kind] ?? 'image/jpeg', bytes, { fetch, ...(trustAnchors && { trustAnchors }) });
    return credentialOf(asRecord(store), trust.map(({ name }) => name).join(' or '));
  } catch (error) {
    return unreadable(error, findings);
  }
}
