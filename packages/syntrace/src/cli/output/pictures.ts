import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Explanation, Judgement } from '@syntrace/core';
import { encodePng, encodeThumbnail } from '@syntrace/image-io';
import type { ReportEntry, ReportPicture } from '../../report/entry.js';
import type { Row } from '../../rows.js';

/** Writes each explanation of a judgement as `<number>-<file name>.<explanation>.png`; the number is its place among the inputs, from 1. */
export async function writeExplanations(folder: string, judgement: Pick<Judgement, 'uri' | 'explanations'>, place: number): Promise<void> {
  const stem = `${String(place + 1).padStart(4, '0')}-${basename(judgement.uri).replace(/[^\w.-]+/g, '_')}`;
  for (const explanation of judgement.explanations ?? []) {
    await writeFile(join(folder, `${stem}.${explanation.id}.png`), await encodePng(explanation.picture, { enlarge: explanation.enlarge ?? 1 }));
  }
}

/** What the report shows of an outcome. */
export async function reportEntry(row: Row, judgement: Judgement | null): Promise<ReportEntry> {
  if (!judgement) return { row, thumbnail: null, explanations: [] };
  const { thumbnail, explanations = [] } = judgement;
  return {
    row,
    thumbnail: thumbnail ? await reportThumbnail(thumbnail) : null,
    explanations: await Promise.all(explanations.map(reportPicture)),
    statements: judgement.detectors.flatMap(({ id, statements = [] }) => (statements.length > 0 ? [{ id, sentences: statements }] : [])),
  };
}

/** The small copy of a picture for a page. */
export async function reportThumbnail(thumbnail: NonNullable<Judgement['thumbnail']>): Promise<ReportPicture> {
  const { width, height } = thumbnail;
  return { title: 'picture', description: '', width, height, url: dataUrl('webp', await encodeThumbnail(thumbnail)) };
}

/** A drawing for a page. */
export async function reportPicture({ title, description, picture, enlarge = 1, scale }: Explanation): Promise<ReportPicture> {
  const url = dataUrl('png', await encodePng(picture));
  return { title, description, url, width: picture.width * enlarge, height: picture.height * enlarge, ...(scale && { scale }) };
}

const dataUrl = (type: string, bytes: Uint8Array): string => `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`;
