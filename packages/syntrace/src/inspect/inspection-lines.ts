import { historyLines } from './history-lines.js';
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
    { title: 'Encodes', lines: historyLines(inspection) },
    { title: 'Watermarks', lines: watermarkLines(inspection) },
    { title: 'Camera side, which can be copied', lines: provenance.camera?.statements ?? [] },
    { title: 'Metadata fields', lines: fieldLines(provenance.fields) },
    { title: 'Warnings', lines: warnings.map(({ code, message }) => `${code}: ${message}`) },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

function fileLines({ format, width, height, bytes, stored, orientation, icc }: Inspection): string[] {
  const size = width === null ? 'size not known' : `${width} × ${height}`;
  const samples = stored
    ? `, ${stored.colour}, ${stored.bitDepth} bits, ${stored.channels === 1 ? '1 channel' : `${stored.channels} channels`}${stored.frames > 1 ? `, ${stored.frames} frames` : ''}`
    : '';
  const lines = [`${format}, ${size}${samples}, ${bytes.toLocaleString('en')} bytes`];
  if (orientation !== null && orientation !== 1) lines.push(`EXIF orientation ${orientation}`);
  if (icc) lines.push('with a colour profile');
  return lines;
}

function signLine({ kind, generator, verified, declares, statement, details }: Inspection['provenance']['signs'][number]): string {
  // Its words stand under a heading of their own.
  if (kind === 'c2pa') return `c2pa${generator ? ` (${generator})` : ''}: Content Credentials, which declare ${declares} [${verified}]`;
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
    ...(signer.time ? [`signed or stamped ${signer.time.replace(/\.\d+/, '')}`] : []),
    ...history.map(step => `history: ${step}`),
    // That nobody vouches for the signer is said above.
    ...(status !== 'untrusted' && failures.length > 0 ? [`failed checks: ${failures.join(', ')}`] : []),
  ];
}

/** Only where pixels were looked at: their absence means little, and others cannot be read at all. */
function watermarkLines({ pixels }: Inspection): string[] {
  if (!pixels) return [];
  const { watermark } = pixels;
  if (!watermark) return ['DWT-DCT (Stable Diffusion, FLUX): not looked for, as the picture is too small or grey'];
  const { generator, right, bits, deviations, found } = watermark;
  return [
    found
      ? `DWT-DCT: the message of ${generator}, ${right} of ${bits} bits, ${deviations.toFixed(1)} standard deviations from chance`
      : 'DWT-DCT (Stable Diffusion, FLUX): none found; chroma subsampling, a resize or a crop destroys it, so that says little',
    'those of SynthID, Stable Signature, OpenAI, Amazon and Microsoft cannot be read here: their detectors are not public',
  ];
}

/** Names by place; the same name may stand in several. */
function fieldLines(fields: readonly string[]): string[] {
  const byPlace = new Map<string, Set<string>>();
  for (const field of fields) {
    const [place = '', ...name] = field.split(' ');
    byPlace.set(place, (byPlace.get(place) ?? new Set()).add(name.join(' ')));
  }
  return [...byPlace].map(([place, names]) => `${place}: ${[...names].join(', ')}`);
}

/** Plain text for a terminal or a log. */
export const textOf = (inspection: Inspection): string =>
  [inspection.path, ...sectionsOf(inspection).flatMap(({ title, lines }) => [`  ${title}`, ...lines.map(line => `    ${visible(line)}`)])].join('\n');

/** Metadata may hold control characters, which a terminal would obey. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it is about
const visible = (line: string): string => line.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
