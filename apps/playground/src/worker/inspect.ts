import { createInspector, type Inspector, sectionsOf } from 'syntrace';
import type { Inspected, Named } from '../engine/protocol.js';
import { CODECS } from './decode-named.js';

let inspector: Inspector | undefined;

/** What is known about a file: the code behind `syntrace inspect`. Also of files whose picture cannot be decoded. Nothing is asked of the network.
 *  @throws IMAGE_EMPTY, IMAGE_FORMAT_UNKNOWN */
export async function inspectFile({ name, file }: Named): Promise<Inspected> {
  inspector ??= createInspector({ codecs: CODECS });
  const inspection = await inspector.inspect({ uri: name, data: file });
  return { declared: inspection.provenance.declared, sections: sectionsOf(inspection) };
}
