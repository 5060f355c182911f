import { LIMITS } from '../limits.js';

/** What a strict reader of XML says as it goes. Names come with their namespace. */
export type XmlEvent =
  | { readonly type: 'open'; readonly name: XmlName; readonly attributes: readonly { readonly name: XmlName; readonly value: string }[] }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'close' };

export interface XmlName {
  readonly space: string;
  readonly local: string;
}

/** XML that is not well-formed, or that declares a document type. */
export class XmlError extends Error {
  constructor(
    readonly kind: 'malformed' | 'doctype',
    detail: string,
  ) {
    super(detail);
  }
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const NAME = /[^\s/>=<"']+/y;
const ATTRIBUTE = /\s*([^\s/>=<"']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;

/** Each element that declares one copies the list. */
const MOST_SPACES = 64;

type Spaces = ReadonlyMap<string, string>;

/** Reads XML in one pass without building a tree. A document type ends it: entities of one's own are never declared, so never expanded.
 *  Depth is limited. O(length) @throws XmlError */
export function* readXml(text: string): Generator<XmlEvent> {
  const open: { readonly tag: string; readonly spaces: Spaces }[] = [];
  const roots: Spaces = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf('<', at);
    if (next !== at) {
      const end = next < 0 ? text.length : next;
      if (open.length > 0) yield { type: 'text', text: unescaped(text.slice(at, end)) };
      at = end;
    } else if (text.startsWith('<?', at)) at = after(text, '?>', at);
    else if (text.startsWith('<!--', at)) at = after(text, '-->', at);
    else if (text.startsWith('<![CDATA[', at)) {
      const end = after(text, ']]>', at);
      if (open.length > 0) yield { type: 'text', text: text.slice(at + 9, end - 3) };
      at = end;
    } else if (text.startsWith('<!', at)) throw new XmlError('doctype', 'it declares a document type');
    else if (text.startsWith('</', at)) {
      const last = open.pop();
      const end = after(text, '>', at);
      if (!last || text.slice(at + 2, end - 1).trim() !== last.tag) throw new XmlError('malformed', 'an element is closed that is not open');
      yield { type: 'close' };
      at = end;
    } else {
      const { tag, attributes, spaces, end, empty } = readTag(text, at + 1, open.at(-1)?.spaces ?? roots);
      if (open.length >= LIMITS.depth) throw new XmlError('malformed', `elements are nested more than ${LIMITS.depth} deep`);
      yield { type: 'open', name: nameOf(tag, spaces, true), attributes };
      if (empty) yield { type: 'close' };
      else open.push({ tag, spaces });
      at = end;
    }
  }
  if (open.length > 0) throw new XmlError('malformed', 'it ends inside an element');
}

function readTag(text: string, start: number, outer: Spaces) {
  NAME.lastIndex = start;
  const tag = NAME.exec(text)?.[0];
  if (!tag) throw new XmlError('malformed', 'a tag has no name');
  const raw: [string, string][] = [];
  let spaces = outer;
  let at = start + tag.length;
  ATTRIBUTE.lastIndex = at;
  for (let found = ATTRIBUTE.exec(text); found; found = ATTRIBUTE.exec(text)) {
    at = ATTRIBUTE.lastIndex;
    const [, name = '', double, single = ''] = found;
    const value = unescaped(double ?? single);
    if (name === 'xmlns' || name.startsWith('xmlns:')) spaces = new Map([...spaces, [name.slice(6), value]]);
    else raw.push([name, value]);
    if (spaces.size > MOST_SPACES) throw new XmlError('malformed', 'it declares too many name spaces');
  }
  while (/\s/.test(text[at] ?? '')) at++;
  const empty = text[at] === '/';
  if (empty) at++;
  if (text[at] !== '>') throw new XmlError('malformed', 'a tag does not end');
  return { tag, attributes: raw.map(([name, value]) => ({ name: nameOf(name, spaces, false), value })), spaces, end: at + 1, empty };
}

/** An attribute without prefix is in no namespace. */
function nameOf(name: string, spaces: Spaces, isElement: boolean): XmlName {
  const colon = name.indexOf(':');
  if (colon < 0) return { space: isElement ? (spaces.get('') ?? '') : '', local: name };
  return { space: spaces.get(name.slice(0, colon)) ?? '', local: name.slice(colon + 1) };
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  if (at < 0) throw new XmlError('malformed', 'it ends inside a tag or comment');
  return at + mark.length;
}

/** The five entities of XML itself, and characters by number; anything else stays as it is written. */
function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,8}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex!, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
