import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';

/** Characters in a line of standard output; no bound where it is not a terminal. */
export const lineWidth = (): number => (process.stdout.isTTY ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY);

/** Colour on terminals that show it and whose user wants it (NO_COLOR, TERM), plain text elsewhere. */
export const paint = (stream: WriteStream, format: Parameters<typeof styleText>[0], text: string): string =>
  stream.isTTY && stream.hasColors() ? styleText(format, text, { validateStream: false }) : text;
