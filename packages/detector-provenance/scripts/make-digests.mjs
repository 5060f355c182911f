// Makes src/camera/digests.json out of ExifTool's list of quantisation tables (licence: THIRD-PARTY-NOTICES.md).
//   node packages/detector-provenance/scripts/make-digests.mjs JPEGDigest.pm        (Debian: libimage-exiftool-perl 12.57, /usr/share/perl5/Image/ExifTool)
// Kept of each entry: who writes such tables, and the first 32 bits of the MD5 of the table segments. Left out: the IJG's, which are computed.
import { readFileSync, writeFileSync } from 'node:fs';

const source = readFileSync(process.argv[2], 'utf8');
const version = /\$VERSION = '([^']+)'/.exec(source)[1];
// Programs with a scale of qualities; the scale of Photoshop's dialogue, 0 to 12, is kept.
const scaled =
  /^(Apple QuickTime|Nikon Capture NX|Adobe Photoshop, Save for web|Corel Paint Shop Pro PHOTO|StereoPhoto Maker|ACD Systems Digital Imaging|FixFoto|Apple Aperture|Canon Digital Photo Professional|Sony Image Data Suite|Adobe Lightroom)\b.*/;
const nameOf = text =>
  text
    .replace(scaled, '$1')
    .replace(/ \((Grayscale|\?|\d|[A-Z]{1,2})\)/g, '')
    .trim();

const namesOf = new Map();
for (const [, digest, subsampling = '', text] of source.matchAll(/^\s+'([0-9a-f]{32})(?::(\w+))?'\s*=>\s*'([^']+)'/gm)) {
  if (/^(No DQT|Independent JPEG Group)/.test(text)) continue;
  const key = digest.slice(0, 8);
  if (!namesOf.has(key)) namesOf.set(key, new Map());
  const names = namesOf.get(key);
  names.set(nameOf(text), [...(names.get(nameOf(text)) ?? []), subsampling]);
}
const digestsOf = new Map();
for (const [key, names] of [...namesOf].sort()) {
  const name = [...names.keys()].join('; ');
  digestsOf.set(name, (digestsOf.get(name) ?? '') + key);
}
const lines = [...digestsOf].sort().map(([name, digests]) => `    ${JSON.stringify(name)}: "${digests}"`);
const origin = `ExifTool, lib/Image/ExifTool/JPEGDigest.pm ${version}, by Phil Harvey, Jens Duttke and Franz Buchinger; reduced by scripts/make-digests.mjs`;
writeFileSync(
  new URL('../src/camera/digests.json', import.meta.url),
  `{\n  "origin": ${JSON.stringify(origin)},\n  "digests": {\n${lines.join(',\n')}\n  }\n}\n`,
);
process.stdout.write(`${namesOf.size} digests of ${digestsOf.size} names\n`);
