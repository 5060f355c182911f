// The links of Markdown pages: to files of the repository that are there, and to headings that their pages have.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const withoutCode = text => text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');

/** Where the links and pictures of a page lead. */
export function linksOf(text) {
  return [...withoutCode(text).matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)].map(([, target]) => target);
}

/** The anchors of a page's headings, as GitHub and the site make them. */
export function anchorsOf(text) {
  const headings = [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => heading);
  return headings.map(heading =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

/** A sentence for each link of a page that leads nowhere. Addresses of other hosts are not asked. */
export function brokenLinks(file, root) {
  const text = readFileSync(file, 'utf8');
  return linksOf(text).flatMap(link => {
    if (/^[a-z][a-z+.-]*:/i.test(link)) return [];
    const [path, anchor] = link.split('#');
    const target = path === '' ? file : join(dirname(file), decodeURIComponent(path));
    const broken = reason => [`${relative(root, file)}: ${link} ${reason}`];
    if (!existsSync(target)) return broken('leads nowhere');
    if (relative(root, target).startsWith('..')) return broken('leads out of the repository');
    if (anchor && statSync(target).isFile() && target.endsWith('.md') && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor.toLowerCase()))
      return broken('names no heading of that page');
    return [];
  });
}
