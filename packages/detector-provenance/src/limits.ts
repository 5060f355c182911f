/** What a file may cost. A file that wants more gets a finding, not more time or memory. */
export const LIMITS = {
  /** Segments, chunks, boxes or directory entries of one file. */
  parts: 100_000,
  /** Nesting of boxes, and of elements in XMP. */
  depth: 32,
  /** Bytes of one text, stored or unpacked. */
  text: 1 << 20,
  /** Bytes of all texts of a file. */
  texts: 4 << 20,
  /** Named values kept of a file. */
  fields: 4096,
  /** Bytes of one Content Credentials manifest store. */
  manifest: 32 << 20,
} as const;
