import { StepError } from './say.mjs';

/** A page with `text` between its marks `<!-- NAME: … -->` and `<!-- end of NAME -->`, each of which stands on a line of its own. */
export function withSection(page, name, text) {
  const start = page.match(new RegExp(`^<!-- ${name}: .*-->$`, 'm'));
  const end = page.indexOf(`<!-- end of ${name} -->`);
  if (!start || end < start.index) throw new StepError(`a page has lost its marks`, `It needs the lines <!-- ${name}: … --> and <!-- end of ${name} -->.`);
  return `${page.slice(0, start.index + start[0].length)}\n\n${text}\n\n${page.slice(end)}`;
}
