/** Markup that is safe to place into a page as it is. Made by {@link html} and {@link trusted} only. */
export class Html {
  constructor(readonly markup: string) {}
}

export type Part = Html | string | number | null | undefined | false | readonly Part[];

/** Markup from a template: every value is escaped but for {@link Html}; lists are joined; null, undefined and false leave nothing. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => new Html(String.raw({ raw: strings }, ...parts.map(markupOf)));

/** Text of this package's own, as markup. Never for anything that comes from outside. */
export const trusted = (markup: string): Html => new Html(markup);

function markupOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.markup;
  return typeof part === 'object' ? part.map(markupOf).join('') : escapeText(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };

/** Safe as text and inside a quoted attribute. Control characters, which a page may not hold, become U+FFFD. */
export const escapeText = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: file names may hold them
  text.replace(/[&<>"'`]/g, character => ENTITIES[character]!).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '\ufffd');
