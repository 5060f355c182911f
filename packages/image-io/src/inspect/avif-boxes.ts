import { HeaderError } from './facts.js';
import { Reader } from './reader.js';

const MAX_BOXES = 10_000;
const TRANSFORMS = ['irot', 'imir', 'clap'];

export interface Box {
  readonly name: string;
  /** Where its content starts. */
  readonly body: number;
  readonly end: number;
}

/** A property of the primary item, and where it is named as such. */
interface Association {
  readonly property: Box;
  readonly at: number;
  readonly length: number;
}

export interface AvifLayout {
  /** The properties of the picture that a viewer shows. */
  readonly primary: readonly Box[];
  /** Of all items: one of them holds alpha, say. */
  readonly all: readonly Box[];
  /** Places that name a property which turns, mirrors or crops. */
  readonly transforms: readonly { readonly at: number; readonly length: number }[];
}

/** Item properties (ISO/IEC 23008-12, 14496-12). O(boxes) @throws HeaderError */
export function avifLayout(bytes: Uint8Array): AvifLayout {
  const r = new Reader(bytes);
  const meta = find(childrenOf(r, 0, r.length), 'meta');
  const inMeta = childrenOf(r, meta.body + 4, meta.end);
  const primaryItem = find(inMeta, 'pitm');
  const iprp = find(inMeta, 'iprp');
  const inIprp = childrenOf(r, iprp.body, iprp.end);
  const ipco = find(inIprp, 'ipco');
  const all = childrenOf(r, ipco.body, ipco.end);
  const item = r.u8(primaryItem.body) === 0 ? r.u16(primaryItem.body + 4) : r.u32(primaryItem.body + 4);
  const associations = inIprp.filter(({ name }) => name === 'ipma').flatMap(box => associationsOf(r, box, all));
  const own = associations.filter(each => each.item === item);
  return {
    primary: own.map(({ property }) => property),
    all,
    transforms: associations.filter(({ property }) => TRANSFORMS.includes(property.name)),
  };
}

function find(boxes: readonly Box[], name: string): Box {
  const box = boxes.find(each => each.name === name);
  if (!box) throw new HeaderError('truncated', `no ${name} box`);
  return box;
}

function childrenOf(r: Reader, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  for (let at = start; at + 8 <= end; ) {
    if (boxes.length > MAX_BOXES) throw new HeaderError('corrupt', 'too many boxes');
    const name = r.text(at + 4, 4);
    const wide = r.u32(at) === 1;
    const length = wide ? r.u32(at + 8) * 2 ** 32 + r.u32(at + 12) : r.u32(at) || end - at;
    if (length < 8 || at + length > end) throw new HeaderError('truncated', `box ${name} goes on after the end`);
    boxes.push({ name, body: at + (wide ? 16 : 8), end: at + length });
    at += length;
  }
  return boxes;
}

/** Of an `ipma` box: 8 or 16 bits each, the uppermost says whether the property is essential. */
function associationsOf(r: Reader, { body, end }: Box, properties: readonly Box[]): (Association & { readonly item: number })[] {
  const wideItems = r.u8(body) > 0;
  const length = r.u8(body + 3) & 1 ? 2 : 1;
  const found: (Association & { readonly item: number })[] = [];
  let at = body + 8;
  for (let entries = r.u32(body + 4); entries > 0 && at < end; entries--) {
    const item = wideItems ? r.u32(at) : r.u16(at);
    at += wideItems ? 4 : 2;
    for (let count = r.u8(at++); count > 0; count--, at += length) {
      const property = properties[(length === 2 ? r.u16(at) & 0x7fff : r.u8(at) & 0x7f) - 1];
      if (property) found.push({ item, property, at, length });
    }
  }
  return found;
}
