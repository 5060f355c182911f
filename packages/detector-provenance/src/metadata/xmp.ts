import type { Parts } from '../file/parts.js';
import { LIMITS } from '../limits.js';
import { readXml, XmlError, type XmlName } from './xml.js';
import { PREFIXES } from './xmp-namespaces.js';

/** Reads an XMP packet (ISO 16684-1) into fields: `prefix:Name` by its nearest named property, whatever the nesting. O(length) */
export function readXmp(packet: Uint8Array, parts: Parts): void {
  if (packet.length > LIMITS.text) {
    parts.findings.add('TEXT_TOO_LONG', `an XMP packet of ${packet.length} bytes was not read`);
    return;
  }
  try {
    readProperties(decodePacket(packet), parts);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    parts.findings.add(error.kind === 'doctype' ? 'XMP_DOCTYPE' : 'XMP_MALFORMED', `the XMP packet was not read to its end: ${error.message}`);
  }
}

function readProperties(text: string, parts: Parts): void {
  // Names of the open elements; containers of RDF (Description, Seq, li, …) pass on the property around them.
  const open: string[] = [];
  let words = '';
  const flush = () => {
    const name = open.findLast(each => !isContainer(each));
    if (name && words.trim() !== '') parts.field('xmp', name, words.trim());
    words = '';
  };
  for (const event of readXml(text)) {
    if (event.type === 'text') {
      words += event.text;
      continue;
    }
    flush();
    if (event.type === 'close') open.pop();
    else {
      open.push(label(event.name));
      for (const { name, value } of event.attributes) {
        const key = label(name);
        if (key === 'rdf:resource') parts.field('xmp', open.findLast(each => !isContainer(each)) ?? key, value);
        else if (!/^(rdf|xml|x):/.test(key)) parts.field('xmp', key, value);
      }
    }
  }
}

const isContainer = (name: string): boolean => /^(rdf|x):/.test(name);
const label = ({ space, local }: XmlName): string => {
  const prefix = PREFIXES[space];
  return prefix ? `${prefix}:${local}` : local;
};

/** UTF-8 or UTF-16, without what stands before the first tag or after the last. */
function decodePacket(packet: Uint8Array): string {
  const head = packet.subarray(0, 64);
  const zeros = head.filter(byte => byte === 0).length;
  const encoding = zeros < head.length / 4 ? 'utf-8' : head[0] === 0 || head[0] === 0xfe ? 'utf-16be' : 'utf-16le';
  const text = new TextDecoder(encoding).decode(packet);
  return text.slice(Math.max(0, text.indexOf('<')), text.lastIndexOf('>') + 1 || undefined);
}
