/** The parts of the crate's JSON that are read here; all of it comes from a file, so anything may be missing or of another type. */
export interface Store {
  readonly active_manifest?: unknown;
  readonly manifests?: unknown;
  readonly validation_state?: unknown;
  readonly validation_results?: unknown;
}

export type Json = Readonly<Record<string, unknown>>;

export const asRecord = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {});
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const asText = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value.slice(0, 500) : null);

/** Codes of a list of validation results. */
export const codesOf = (list: unknown): readonly string[] => asList(list).flatMap(item => asText(asRecord(item).code) ?? []);
