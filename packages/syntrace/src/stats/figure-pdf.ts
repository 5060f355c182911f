import { deflateSync } from 'node:zlib';
import { MAP_STOPS } from '../report/colour-scale.js';
import { LAYOUT, mapSize, number } from './figure-svg.js';
import type { HeatFigure } from './heat-figure.js';

/** A figure as a one-page PDF 1.4: the map without loss and unsmoothed, colour bar, title. Written by hand: the libraries at hand weigh 26 MB and more,
 *  and this needs a picture, rectangles and a line of text. The same figure gives the same bytes. */
export function figurePdf(figure: HeatFigure): Uint8Array {
  const { edge, title, bar, gap, ticks } = LAYOUT;
  const { width, height } = mapSize(figure);
  const [pageWidth, pageHeight] = [edge + width + gap + bar + ticks, 2 * edge + title + height];
  const barLeft = edge + width + gap;
  const stops = MAP_STOPS[figure.map];
  const { low, high } = figure;
  const text = (x: number, y: number, size: number, words: string) => `BT /F1 ${size} Tf ${x} ${y} Td (${escaped(words)}) Tj ET`;
  const content = [
    `q ${width} 0 0 ${height} ${edge} ${edge} cm /Map Do Q`,
    `q ${barLeft} ${edge} ${bar} ${height} re W n /Bar sh Q`,
    text(edge, edge + height + 10, 14, figure.title),
    ...[low, (low + high) / 2, high].map((value, i) => text(barLeft + bar + 4, edge + (i * height) / 2 - 4, 12, number(value))),
  ].join('\n');
  const functions = stops.slice(1).map((colour, i) => `<< /FunctionType 2 /Domain [0 1] /N 1 /C0 [${rgb(stops[i]!)}] /C1 [${rgb(colour)}] >>`);
  const bounds = stops.slice(1, -1).map((_, i) => ((i + 1) / (stops.length - 1)).toFixed(4));
  const stitched = `<< /FunctionType 3 /Domain [0 1] /Functions [${functions.join(' ')}] /Bounds [${bounds.join(' ')}] /Encode [${functions.map(() => '0 1').join(' ')}] >>`;
  const shading = `<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 ${edge} 0 ${edge + height}] /Function ${stitched} >>`;
  const pixels = deflateSync(figure.rgb, { level: 9 });
  const { width: columns, height: rows } = figure.picture;
  return document([
    ['<< /Type /Catalog /Pages 2 0 R >>'],
    ['<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
    [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] /Contents 4 0 R /Resources << /XObject << /Map 5 0 R >> /Shading << /Bar ${shading} >> /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >> >>`,
    ],
    [`<< /Length ${content.length} >>`, Buffer.from(content, 'latin1')],
    [
      `<< /Type /XObject /Subtype /Image /Width ${columns} /Height ${rows} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode /Length ${pixels.length} >>`,
      pixels,
    ],
  ]);
}

/** Objects, numbered from 1, with the table of where each begins. */
function document(objects: readonly (readonly [dictionary: string, stream?: Uint8Array])[]): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const starts: number[] = [];
  let at = parts[0]!.length;
  const add = (part: Buffer) => {
    parts.push(part);
    at += part.length;
  };
  for (const [i, [dictionary, stream]] of objects.entries()) {
    starts.push(at);
    add(Buffer.from(`${i + 1} 0 obj\n${dictionary}\n`, 'latin1'));
    if (stream) add(Buffer.concat([Buffer.from('stream\n'), stream, Buffer.from('\nendstream\n')]));
    add(Buffer.from('endobj\n'));
  }
  const entries = starts.map(start => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(table, 'latin1')]);
}

const rgb = (colour: string): string => [1, 3, 5].map(i => (Number.parseInt(colour.slice(i, i + 2), 16) / 255).toFixed(3)).join(' ');

/** Text of the standard font; what Latin-1 lacks is replaced. */
const escaped = (text: string): string =>
  text
    .replaceAll('−', '-')
    .replace(/[^\x20-\x7e\xa0-\xff]/g, '?')
    .replace(/[\\()]/g, character => `\\${character}`);
