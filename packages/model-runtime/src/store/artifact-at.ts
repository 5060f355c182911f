import { type Artifact, type LoadAsset, loadArtifact, SyntraceError } from '@syntrace/core';
import type { ModelStore } from './model-store.js';

const PIN = /^#sha256=([0-9a-f]{64})$/i;

/** A model's card and files from where they lie: a folder beside a package or on the disk, by `load`; or an https address that ends in
 *  `#sha256=` and the checksum of its `model.json`, through the store. @throws ARTIFACT_MISSING, ARTIFACT_INVALID, ARTIFACT_CHECKSUM, MODEL_UNREACHABLE */
export function artifactAt(folder: URL, load: LoadAsset, store: ModelStore): Promise<Artifact> {
  if (folder.protocol !== 'https:') return loadArtifact(folder, load);
  const pin = PIN.exec(folder.hash)?.[1];
  if (!pin) throw new SyntraceError('ARTIFACT_INVALID', { file: folder.href, detail: 'an address must end in #sha256= and the checksum of its model.json' });
  const plain = new URL(folder);
  plain.hash = '';
  return loadArtifact(plain, pinned(pin, store));
}

/** The card is pinned by the address, its files by the card. */
function pinned(card: string, store: ModelStore): LoadAsset {
  let files: Readonly<Record<string, string>> = {};
  return async url => {
    const name = url.pathname.split('/').at(-1)!;
    if (name !== 'model.json') return store.load(url, files[name] ?? '');
    const bytes = await store.load(url, card);
    files = (JSON.parse(new TextDecoder().decode(bytes)) as { readonly files?: Readonly<Record<string, string>> }).files ?? {};
    return bytes;
  };
}
