import { createGlue, type WasmBuilder } from 'virtual:c2pa-glue';
import { moduleAddress } from '../../src/c2pa/module-address.js';
import certificates from '../fixtures/certificates.json' with { type: 'json' };
import { loadAsset } from '../platform/node.js';
import { coseSign1 } from './cose.js';

export const ROOT = certificates.root;

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), char => char.charCodeAt(0));

/** A blob that can be read at once, as the crate asks of it outside workers. */
class OpenBlob extends Blob {
  constructor(
    readonly content: Uint8Array,
    type = '',
  ) {
    super([content as Uint8Array<ArrayBuffer>], { type });
  }

  override slice(start = 0, end = this.size): Blob {
    return new OpenBlob(this.content.slice(start, end));
  }
}

(globalThis as { FileReaderSync?: unknown }).FileReaderSync ??= class {
  readAsArrayBuffer = (blob: OpenBlob): ArrayBuffer => Uint8Array.from(blob.content).buffer;
};

const SIZE = 4096;
const TYPE = 'http://cv.iptc.org/newscodes/digitalsourcetype/';
let module: Promise<WebAssembly.Module> | undefined;

export interface Signing {
  readonly signer?: 'valid' | 'expired' | 'watched';
  /** Name of the digital source type of the action. */
  readonly sourceType?: string;
  readonly action?: string;
  /** A picture that this one was made from. */
  readonly parent?: Uint8Array;
  /** A picture that this one holds. */
  readonly component?: Uint8Array;
}

/** Where `signApart` says that the manifest lies. */
export const REMOTE = 'https://manifests.example.org/lake.c2pa';
/** A server that tells of revocation, named in the certificate of the signer `watched`, and its two answers. */
export const REVOCATION = {
  server: certificates.watched.server,
  good: fromBase64(certificates.watched.good),
  revoked: fromBase64(certificates.watched.revoked),
};

/** Signs a picture with the tests' own certificates. */
export async function sign(picture: Uint8Array, format: string, options: Signing = {}): Promise<Uint8Array> {
  const builder = await builderFor(format, options);
  return builder.sign(await signerOf(options), [], format, new OpenBlob(picture, format));
}

/** The same with the manifest kept apart: the picture says only where it lies. */
export async function signApart(picture: Uint8Array, format: string, options: Signing = {}): Promise<{ picture: Uint8Array; manifest: Uint8Array }> {
  const builder = await builderFor(format, options);
  builder.setNoEmbed(true);
  builder.setRemoteUrl(REMOTE);
  const { asset, manifest } = await builder.signAndGetManifestBytes(await signerOf(options), [], format, new OpenBlob(picture, format));
  return { picture: asset, manifest };
}

async function builderFor(format: string, options: Signing): Promise<WasmBuilder> {
  const { sourceType, action = options.parent ? 'c2pa.opened' : 'c2pa.created', parent, component } = options;
  module ??= loadAsset(moduleAddress()).then(bytes => WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>));
  const glue = createGlue(() => Promise.reject(new Error('no network')));
  await glue.init({ module_or_path: await module });
  const first = {
    action,
    softwareAgent: { name: 'Lake painter', version: '1.0' },
    ...(sourceType && { digitalSourceType: TYPE + sourceType }),
    ...(parent && { parameters: { ingredientIds: ['parent'] } }),
  };
  const actions = [first, ...(component ? [{ action: 'c2pa.placed', parameters: { ingredientIds: ['component'] } }] : [])];
  const definition = { claim_generator_info: [{ name: 'Syntrace tests', version: '1.0' }], assertions: [{ label: 'c2pa.actions.v2', data: { actions } }] };
  const builder = glue.WasmBuilder.fromJson(
    JSON.stringify(definition),
    JSON.stringify({ verify: { verify_after_sign: false }, builder: { thumbnail: { enabled: false } } }),
  );
  if (parent) await builder.addIngredientFromBlob(JSON.stringify({ title: 'parent', label: 'parent', relationship: 'parentOf' }), format, new OpenBlob(parent));
  if (component)
    await builder.addIngredientFromBlob(
      JSON.stringify({ title: 'component', label: 'component', relationship: 'componentOf' }),
      format,
      new OpenBlob(component),
    );
  return builder;
}

async function signerOf({ signer = 'valid' }: Signing): Promise<Parameters<WasmBuilder['sign']>[0]> {
  const { key, chain } = certificates[signer];
  const secret = await crypto.subtle.importKey('pkcs8', fromBase64(key), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  return { alg: 'es256', reserveSize: SIZE, sign: claim => coseSign1(claim, secret, chain.map(fromBase64), SIZE) };
}
