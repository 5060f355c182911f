import { Findings } from '../finding.js';
import { LIMITS } from '../limits.js';

export type FileKind = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif' | 'heif' | 'unknown';

/** Where a named value stood. */
export type Place = 'png-text' | 'exif' | 'xmp' | 'iptc' | 'jpeg-comment' | 'gif-comment' | 'alpha-channel' | 'jpeg-app';

/** One named value out of a file's metadata. */
export interface Field {
  readonly place: Place;
  /** PNG keyword, EXIF tag name, `prefix:Name` of XMP, IIM data set name. */
  readonly name: string;
  readonly value: string;
}

/** A text that is still packed. */
export interface PackedText {
  readonly place: Place;
  readonly name: string;
  readonly data: Uint8Array;
}

/** The packed pixels of an 8-bit RGBA PNG that is not interlaced. */
export interface AlphaPixels {
  readonly width: number;
  readonly height: number;
  readonly data: readonly Uint8Array[];
}

/** What a scan of a container brings to light, before anything is interpreted. Views into the file, no copies. */
export class Parts {
  readonly fields: Field[] = [];
  readonly packed: PackedText[] = [];
  readonly exif: Uint8Array[] = [];
  readonly xmp: Uint8Array[] = [];
  /** Photoshop image resources. */
  readonly photoshop: Uint8Array[] = [];
  /** Blocks of IPTC-IIM data sets. */
  readonly iptc: Uint8Array[] = [];
  /** Content Credentials manifest stores: bytes of each. */
  readonly manifests: number[] = [];
  /** Quantisation tables of a JPEG in zig-zag order, by their number. */
  readonly tables = new Map<number, readonly number[]>();
  /** The segments that hold them, by the number of the first table in each. */
  readonly tableSegments = new Map<number, Uint8Array>();
  /** Pixels whose alpha channel may hold text. */
  alpha: AlphaPixels | null = null;
  /** Size that the container gives. */
  size: { readonly width: number; readonly height: number } | null = null;
  private count = 0;
  private textBytes = 0;

  constructor(
    readonly kind: FileKind,
    readonly findings = new Findings(),
  ) {}

  /** Counts a segment, chunk, box or entry; false when the file has too many. */
  part(): boolean {
    if (++this.count <= LIMITS.parts) return true;
    this.findings.add('FILE_TOO_MANY_PARTS', `more than ${LIMITS.parts} parts; the rest was not looked at`);
    return false;
  }

  field(place: Place, name: string, value: string): void {
    const text = value.replace(/\0+$/, '');
    if (text === '' || this.fields.length >= LIMITS.fields || !this.room(text.length)) return;
    this.fields.push({ place, name, value: text });
  }

  /** Whether so many more bytes of text may be kept. */
  room(length: number): boolean {
    if (length <= LIMITS.text && this.textBytes + length <= LIMITS.texts) {
      this.textBytes += length;
      return true;
    }
    this.findings.add('TEXT_TOO_LONG', `a text of ${length} bytes was not read`);
    return false;
  }
}
