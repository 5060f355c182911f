import { readFile, writeFile } from 'node:fs/promises';
import { messageOf, SyntraceError } from '@syntrace/core';
import { parseTrustList, type TrustList } from '@syntrace/detector-provenance';
import { type ImageInput, nameOf } from '@syntrace/image-io';
import type { Inspector } from '../../inspect/inspect-file.js';
import type { Inspection } from '../../inspect/inspection.js';
import { textOf } from '../../inspect/inspection-lines.js';
import { createInspector } from '../../node.js';
import { type InspectionEntry, renderInspections } from '../../report/inspection-page.js';
import type { FailedRow } from '../../rows.js';
import { expandInputs } from '../inputs.js';
import { reportPicture, reportThumbnail } from '../output/pictures.js';
import { prepareFile } from '../output/prepare.js';

interface InspectOptions {
  readonly json?: boolean;
  readonly html?: string;
  readonly prompts?: boolean;
  readonly trust?: readonly string[];
  readonly network?: boolean;
  readonly allowHttp?: boolean;
  readonly maxBytes?: number;
  /** `--no-pixels` */
  readonly pixels?: boolean;
}

/** Tells everything that is known about files without judging them. One file: one JSON object; several: a list. */
export async function inspectCommand(paths: readonly string[], options: InspectOptions): Promise<void> {
  const { json, html, prompts = false, trust = [], network = false, allowHttp = false, maxBytes, pixels = true } = options;
  if (html) await prepareFile(html);
  const trustAnchors = await Promise.all(trust.map(readTrust));
  const { sources } = await expandInputs(paths);
  const inspector = createInspector({ prompts, network, allowHttp, pixels, trustAnchors, ...(maxBytes !== undefined && { maxBytes }) });
  const rows: (Inspection | FailedRow)[] = [];
  const entries: (InspectionEntry | FailedRow)[] = [];
  try {
    for (const source of sources) {
      const entry = await (html ? illustrated(source, inspector) : plain(source, inspector)).catch((error: unknown) => failedRow(source, error));
      const row = 'error' in entry ? entry : entry.inspection;
      if (!json) console.log('error' in row ? `${row.path}\n  ${row.error.code}: ${row.error.message}` : textOf(row));
      rows.push(row);
      if (html) entries.push(entry);
    }
  } finally {
    await inspector.close();
  }
  if (json) console.log(JSON.stringify(rows.length === 1 ? rows[0] : rows, null, 2));
  if (html) await writeFile(html, renderInspections(entries));
  process.exitCode = rows.some(row => 'error' in row) ? 1 : 0;
}

const plain = async (source: ImageInput, inspector: Inspector): Promise<InspectionEntry> => ({
  inspection: await inspector.inspect(source),
  thumbnail: null,
  explanations: [],
});

async function illustrated(source: ImageInput, inspector: Inspector): Promise<InspectionEntry> {
  const { inspection, pictures } = await inspector.illustrate(source);
  return {
    inspection,
    thumbnail: pictures && (await reportThumbnail(pictures.preview)),
    explanations: await Promise.all(pictures?.evidence.map(reportPicture) ?? []),
  };
}

function failedRow(source: ImageInput, error: unknown): FailedRow {
  const { code, message, hint } = SyntraceError.from(error, 'IMAGE_UNREADABLE', { uri: nameOf(source) });
  return { path: nameOf(source), error: { code, message, hint } };
}

async function readTrust(file: string): Promise<TrustList> {
  try {
    return parseTrustList(await readFile(file, 'utf8'));
  } catch (error) {
    throw new SyntraceError('USAGE', { detail: `--trust ${file}: ${messageOf(error)}` }, error);
  }
}
