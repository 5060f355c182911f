/** Digits of 3×5 samples, row by row, for the axes of drawings: pictures of explanations hold no other text. */
const GLYPHS: Readonly<Record<string, string>> = {
  '0': '111101101101111',
  '1': '010110010010111',
  '2': '111001111100111',
  '3': '111001111001111',
  '4': '101101111001001',
  '5': '111100111001111',
  '6': '111100111101111',
  '7': '111001001001001',
  '8': '111101111101111',
  '9': '111101111001111',
  '.': '000000000000010',
  '-': '000000111000000',
  '×': '000101010101000',
};
const [WIDTH, HEIGHT] = [3, 5];

/** Samples that a text takes across, at a whole scale. */
export const textWidth = (text: string, scale: number): number => text.length * (WIDTH + 1) * scale - scale;
export const textHeight = (scale: number): number => HEIGHT * scale;

/** Writes a text; `put` paints one sample. Characters without a glyph leave a gap. */
export function write(text: string, x: number, y: number, scale: number, put: (x: number, y: number) => void): void {
  for (const [i, character] of [...text].entries())
    for (const [k, bit] of [...(GLYPHS[character] ?? '')].entries())
      if (bit === '1')
        for (let dy = 0; dy < scale; dy++)
          for (let dx = 0; dx < scale; dx++) put(x + (i * (WIDTH + 1) + (k % WIDTH)) * scale + dx, y + Math.floor(k / WIDTH) * scale + dy);
}
