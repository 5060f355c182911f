import { createGlue } from 'virtual:c2pa-glue';
import { moduleAddress } from '../../src/c2pa/module-address.js';
import certificates from '../fixtures/certificates.json' with { type: 'json' };
import { loadAsset } from '../platform/node.js';
import { coseSign1 } from './cose.js';

export const ROOT = certificates.root;

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

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), char => char.charCodeAt(0));
const SIZE = 4096;
const TYPE = 'http://cv.iptc.org/newscodes/digitalsourcetype/';
let module: Promise<WebAssembly.Module> | undefined;

export interface Signing {
  readonly signer?: 'valid' | 'expired';
  /** Name of the digital source type of the action. */
  readonly sourceType?: string;
  readonly action?: string;
  /** A picture that this one was made from. */
  readonly parent?: Uint8Array;
  /** A picture that this one holds. */
  readonly component?: Uint8Array;
}

/** Signs a picture with the tests' own certificates. */
export async function sign(picture: Uint8Array, format: string, options: Signing = {}): Promise<Uint8Array> {
  const { signer = 'valid', sourceType, action = options.parent ? 'c2pa.opened' : 'c2pa.created', parent, component } = options;
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
  const { key, chain } = certificates[signer];
  const secret = await crypto.subtle.importKey('pkcs8', fromBase64(key), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  return builder.sign(
    { alg: 'es256', reserveSize: SIZE, sign: claim => coseSign1(claim, secret, chain.map(fromBase64), SIZE) },
    [],
    format,
    new OpenBlob(picture, format),
  );
}
