/** Rows as CSV with a header (RFC 4180). Numbers in full precision, `null` empty. */
export function csvOf(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): Uint8Array {
  const line = (cells: readonly (string | number | null)[]) => cells.map(cell).join(',');
  return new TextEncoder().encode([line(header), ...rows.map(line), ''].join('\r\n'));
}

function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
