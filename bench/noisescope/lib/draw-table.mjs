import sharp from 'sharp';

const ROW = 22;
const NAME = 190;
const CELL = 176;
const HEAD = 74;

const escaped = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
/** From white for 0 to dark green for 1; grey where nothing was measured. */
const shade = value => (value === null ? '#eee' : `hsl(150 45% ${Math.round(97 - 62 * value)}%)`);

/** A table of shares as a PNG: one row a condition, the fuller the green the higher. */
export async function drawTable(title, header, rows) {
  const [width, height] = [NAME + CELL * header.length + 20, HEAD + ROW * rows.length + 14];
  const text = (x, y, words, more = '') => `<text x="${x}" y="${y}" ${more}>${escaped(words)}</text>`;
  const heads = header.flatMap((words, i) => {
    const middle = words.indexOf(', ') + 1;
    const x = NAME + CELL * i + CELL / 2;
    return [words.slice(0, middle), words.slice(middle).trim()].map((line, n) => text(x, 46 + 15 * n, line, 'text-anchor="middle" fill="#444"'));
  });
  const lines = rows.flatMap(({ name, values }, r) => {
    const y = HEAD + ROW * r;
    const cells = values.flatMap((value, i) => {
      const x = NAME + CELL * i;
      const ink = value !== null && value > 0.6 ? '#fff' : '#222';
      const words = value === null ? '–' : value.toFixed(2);
      return [
        `<rect x="${x + 1}" y="${y + 1}" width="${CELL - 2}" height="${ROW - 2}" fill="${shade(value)}"/>`,
        text(x + CELL / 2, y + 15, words, `text-anchor="middle" fill="${ink}"`),
      ];
    });
    return [text(NAME - 10, y + 15, name, 'text-anchor="end"'), ...cells];
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans, sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>${text(12, 22, title, 'font-size="15" font-weight="600"')}${heads.join('')}${lines.join('')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
