const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** Four significant digits, with a true minus sign. */
export const numberText = (value: number): string => number.format(value).replace('-', '−');

export const countText = (value: number): string => whole.format(value);

/** `1 picture`, `2 pictures`. */
export const countOf = (value: number, one: string, many = `${one}s`): string => `${countText(value)} ${value === 1 ? one : many}`;

/** A share 0…1 in per cent; what is above 0 or below 1 never reads as 0 % or 100 %. */
export function percentText(share: number): string {
  if (share > 0 && share < 0.001) return 'less than 0.1 %';
  if (share < 1 && share > 0.999) return 'more than 99.9 %';
  const percent = share * 100;
  return `${percent < 10 || percent > 90 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

export const millisecondsText = (ms: number): string => (ms < 1 ? `${numberText(Number(ms.toFixed(2)))} ms` : `${numberText(Number(ms.toFixed(1)))} ms`);

/** `0.8 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationText(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  const all = Math.round(seconds);
  if (all < 60) return `${all} s`;
  if (all < 3600) return `${Math.floor(all / 60)} min ${all % 60} s`;
  return `${Math.floor(all / 3600)} h ${Math.floor((all % 3600) / 60)} min`;
}

/** `2026-01-31 14:05 UTC`, or the text itself if it is no date. */
export function dateText(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
