import type { LoadAsset } from '@syntrace/core';
import { checkCredential } from './c2pa/check.js';
import { type Credential, signOfCredential } from './c2pa/credential.js';
import type { C2paReader, Fetch } from './c2pa/reader.js';
import { ownAnchors, type TrustList } from './c2pa/trust-list.js';
import { type Camera, cameraOf } from './camera/camera.js';
import type { Field, FileKind, Parts } from './file/parts.js';
import { scanFile } from './file/scan.js';
import type { Finding } from './finding.js';
import { readMetadata } from './metadata/read-metadata.js';
import { findSigns } from './signs/find-signs.js';
import type { Declaration, Sign } from './signs/sign.js';

export interface ProvenanceOptions {
  /** Reads the module of the C2PA reader (9.2 MB), asked for when a file carries a manifest. Without it manifests are found and not checked. */
  readonly loadAsset?: LoadAsset;
  /** Where that module lies, when a bundler has moved it. */
  readonly c2paModule?: URL;
  /** Those who are trusted to sign: certificates (PEM, one after another) or dated lists (`parseTrustList`). Default: nobody, so an intact credential is `untrusted`. */
  readonly trustAnchors?: string | readonly TrustList[];
  /** Whether remote manifests and revocation may be asked of the network; a function asks in its place, e.g. to allow some hosts only. Default false. */
  readonly network?: boolean | Fetch;
  /** Whether prompts are shown. Default false: they are private. */
  readonly prompts?: boolean;
}

/** What a file says about its own origin, checked as far as it can be. */
export interface Provenance {
  /** By its first bytes. */
  readonly kind: FileKind;
  /** Size by the container, where it gives one. */
  readonly size: Parts['size'];
  /** The strongest declaration among signs that are not broken. `none` says nothing: most files have lost what they declared. */
  readonly declared: Declaration;
  readonly signs: readonly Sign[];
  /** Content Credentials; `null` when the file carries none, or they were not checked. */
  readonly credential: Credential | null;
  readonly camera: Camera | null;
  /** Quantisation tables of a JPEG in zig-zag order, by number. */
  readonly tables: readonly { readonly number: number; readonly values: readonly number[] }[];
  readonly findings: readonly Finding[];
  /** The named values that were looked at. */
  readonly fields: readonly Field[];
}

export interface ProvenanceReader {
  /** Never throws for what a file holds; time and memory are bounded by `LIMITS`, for manifests by the file's size. O(parts + text) */
  read(bytes: Uint8Array): Promise<Provenance>;
}

/** A reader that keeps the C2PA module once it was needed. */
export function provenanceReader(options: ProvenanceOptions = {}): ProvenanceReader {
  let started: Promise<C2paReader> | undefined;
  const c2pa = (loadAsset: LoadAsset) => {
    started ??= import('./c2pa/reader.js').then(({ C2paReader }) => new C2paReader(loadAsset, options.c2paModule));
    return started;
  };
  return { read: bytes => read(bytes, options, c2pa) };
}

/** Reads one file. @see ProvenanceReader.read */
export const readProvenance = (bytes: Uint8Array, options: ProvenanceOptions = {}): Promise<Provenance> => provenanceReader(options).read(bytes);

async function read(bytes: Uint8Array, options: ProvenanceOptions, c2pa: (loadAsset: LoadAsset) => Promise<C2paReader>): Promise<Provenance> {
  const parts = scanFile(bytes);
  const exif = await readMetadata(parts);
  const credential = await credentialIn(bytes, parts, options, c2pa);
  const signs = [...(credential ? [signOfCredential(credential)] : []), ...findSigns(parts.fields, parts.size, options.prompts ?? false)];
  const camera = await cameraOf(exif, parts);
  const { kind, size, fields, findings } = parts;
  const tables = [...parts.tables].map(([number, values]) => ({ number, values }));
  return { kind, size, declared: declaredBy(signs), signs, credential, camera, tables, findings: findings.all, fields };
}

async function credentialIn(
  bytes: Uint8Array,
  parts: Parts,
  { loadAsset, trustAnchors, network = false }: ProvenanceOptions,
  c2pa: (loadAsset: LoadAsset) => Promise<C2paReader>,
): Promise<Credential | null> {
  const { manifests, findings, fields } = parts;
  const remote = manifests.length === 0 && fields.some(({ place, name, value }) => place === 'xmp' && name === 'dcterms:provenance' && /^https?:/.test(value));
  if (remote && !network) findings.add('C2PA_REMOTE', 'the Content Credentials lie on a server, which was not asked (option network)');
  if (manifests.length === 0 && !(remote && network)) return null;
  if (!loadAsset) {
    findings.add('C2PA_NOT_CHECKED', 'the file carries Content Credentials, which nothing here can check (option loadAsset)');
    return null;
  }
  const trust = typeof trustAnchors === 'string' ? [ownAnchors(trustAnchors)] : (trustAnchors ?? []);
  return checkCredential(bytes, parts, await c2pa(loadAsset), { trust, fetch: network === true ? platformFetch : network || null });
}

const platformFetch: Fetch = request => fetch(request);

const RANK: readonly Declaration[] = ['none', 'capture', 'composite', 'synthetic'];

/** Broken credentials declare nothing (their sign says `none` already). */
export const declaredBy = (signs: readonly Sign[]): Declaration => RANK[Math.max(0, ...signs.map(sign => RANK.indexOf(sign.declares)))]!;
