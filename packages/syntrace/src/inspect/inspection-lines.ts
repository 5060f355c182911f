import { DECLARED, type Inspection } from './inspection.js';

/** One heading with its lines; the text and the page show the same. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Everything that is known, as sections of sentences. Empty sections are left out. */
export function sectionsOf(inspection: Inspection): readonly Section[] {
  const { provenance, warnings } = inspection;
  const sections: Section[] = [
    { title: 'File', lines: fileLines(inspection) },
    { title: 'Declared origin', lines: [`${provenance.declared}: ${DECLARED[provenance.declared]}`] },
    { title: 'Signs', lines: provenance.signs.map(signLine) },
    { title: 'Content Credentials', lines: credentialLines(inspection) },
    { title: 'Camera side, which can be copied', lines: provenance.camera?.statements ?? [] },
    { title: 'Metadata fields', lines: provenance.fields.length > 0 ? [provenance.fields.join(', ')] : [] },
    { title: 'Warnings', lines: warnings.map(({ code, message }) => `${code}: ${message}`) },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

function fileLines({ format, width, height, bytes, stored, jpeg, orientation, icc }: Inspection): string[] {
  const size = width === null ? 'size not known' : `${width} × ${height}`;
  const samples = stored
    ? `, ${stored.colour}, ${stored.bitDepth} bits, ${stored.channels} channels${stored.frames > 1 ? `, ${stored.frames} frames` : ''}`
    : '';
  const lines = [`${format}, ${size}${samples}, ${bytes.toLocaleString('en')} bytes`];
  if (jpeg) {
    const quality = jpeg.standardTables ? `quality ${jpeg.quality}` : `about quality ${jpeg.quality}, with tables of its own`;
    lines.push(`last encode: ${quality}, chroma ${jpeg.subsampling}, ${jpeg.progressive ? 'progressive' : 'baseline'}`);
  }
  if (orientation !== null && orientation !== 1) lines.push(`EXIF orientation ${orientation}`);
  if (icc) lines.push('with a colour profile');
  return lines;
}

function signLine({ kind, generator, verified, statement, details }: Inspection['provenance']['signs'][number]): string {
  const known = Object.entries(details).map(([name, value]) => `${name} ${value}`);
  return [`${kind}${generator ? ` (${generator})` : ''}: ${statement}`, verified && `[${verified}]`, known.length > 0 && `– ${known.join(', ')}`]
    .filter(Boolean)
    .join(' ');
}

function credentialLines({ provenance: { credential } }: Inspection): string[] {
  if (!credential) return [];
  const { status, statement, signer, history, failures } = credential;
  return [
    `${status}: ${statement}`,
    ...(signer.time ? [`signed or stamped ${signer.time}`] : []),
    ...history.map(step => `history: ${step}`),
    ...(failures.length > 0 ? [`failed checks: ${failures.join(', ')}`] : []),
  ];
}

/** Plain text for a terminal or a log. */
export const textOf = (inspection: Inspection): string =>
  [inspection.path, ...sectionsOf(inspection).flatMap(({ title, lines }) => [`  ${title}`, ...lines.map(line => `    ${visible(line)}`)])].join('\n');

/** Metadata may hold control characters, which a terminal would obey. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it is about
const visible = (line: string): string => line.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
