/** What is odd about a file's metadata; none of these says anything about how the picture came to be. */
export type FindingCode =
  | 'FILE_TRUNCATED'
  | 'FILE_TOO_MANY_PARTS'
  | 'FILE_TOO_DEEP'
  | 'FILE_LENGTH_IMPOSSIBLE'
  | 'TEXT_TOO_LONG'
  | 'TEXT_CORRUPT'
  | 'EXIF_MALFORMED'
  | 'EXIF_CYCLE'
  | 'XMP_MALFORMED'
  | 'XMP_DOCTYPE'
  | 'IPTC_MALFORMED'
  | 'C2PA_SEVERAL'
  | 'C2PA_TOO_LARGE'
  | 'C2PA_UNREADABLE'
  | 'C2PA_REMOTE'
  | 'C2PA_NOT_CHECKED'
  | 'C2PA_TRUST_LIST_OLD'
  | 'THUMBNAIL_DIFFERS'
  | 'SIZE_DIFFERS'
  | 'MAKER_DIFFERS'
  | 'MAKER_MOVED'
  | 'MODEL_DIFFERS'
  | 'SERIAL_DIFFERS'
  | 'TABLES_DIFFER';

export interface Finding {
  readonly code: FindingCode;
  readonly message: string;
}

/** Collects findings; each code once, however often it comes up. */
export class Findings {
  private readonly byCode = new Map<FindingCode, Finding>();

  add(code: FindingCode, message: string): void {
    if (!this.byCode.has(code)) this.byCode.set(code, { code, message });
  }

  get all(): readonly Finding[] {
    return [...this.byCode.values()];
  }
}
