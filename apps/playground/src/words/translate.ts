import en from './en.json';

/** The words of one language: `key`, and for counts `key_one` and `key_other` (the categories of Intl.PluralRules). */
export type Words = Readonly<Record<keyof typeof en, string>>;
export type Key = keyof typeof en;

/** Another language is one file more here. */
const LANGUAGES: Readonly<Record<string, Words>> = { en };

const wanted = navigator.languages.map(tag => tag.split('-')[0]!.toLowerCase()).find(tag => Object.hasOwn(LANGUAGES, tag));
export const language = wanted ?? 'en';
const words = LANGUAGES[language]!;
const plurals = new Intl.PluralRules(language);

type Values = Readonly<Record<string, string | number>>;
const fill = (text: string, values: Values): string => text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

/** The words for a key, with `{name}` filled in. */
export const t = (key: Key, values: Values = {}): string => fill(words[key], values);

type Counted = { [K in Key]: K extends `${infer Base}_other` ? Base : never }[Key];

/** The words for so many of something, `{count}` being the number. */
export function tn(key: Counted, count: number, values: Values = {}): string {
  const category = `${key}_${plurals.select(count)}`;
  const text = Object.hasOwn(words, category) ? words[category as Key] : words[`${key}_other` as Key];
  return fill(text, { count: number(count), ...values });
}

const decimal = new Intl.NumberFormat(language, { maximumSignificantDigits: 4 });
const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });

/** Four significant digits, with a true minus sign. */
export const number = (value: number): string => decimal.format(value).replace('-', '−');

/** A share 0…1 in per cent; what is above 0 or below 1 never reads as 0 % or 100 %. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return t('percent-below', { value: number(0.1) });
  if (share < 1 && share > 0.999) return t('percent-above', { value: number(99.9) });
  const value = share * 100;
  return t('percent', { value: value < 10 || value > 90 ? number(Number(value.toFixed(1))) : whole.format(value) });
}

export const milliseconds = (ms: number): string =>
  ms < 1000 ? t('ms', { value: number(Number(ms.toFixed(ms < 10 ? 1 : 0))) }) : t('seconds', { value: number(Number((ms / 1000).toFixed(1))) });

export function bytes(count: number): string {
  if (count < 1e6) return t('kilobytes', { value: whole.format(Math.max(1, count / 1e3)) });
  return t('megabytes', { value: number(Number((count / 1e6).toFixed(1))) });
}
