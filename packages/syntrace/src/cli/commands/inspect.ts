import { readFile, writeFile } from 'node:fs/promises';
import { messageOf, SyntraceError } from '@syntrace/core';
import { nameOf } from '@syntrace/image-io';
import type { Inspection } from '../../inspect/inspection.js';
import { textOf } from '../../inspect/inspection-lines.js';
import { createInspector } from '../../node.js';
import { renderInspections } from '../../report/inspection-page.js';
import type { FailedRow } from '../../rows.js';
import { expandInputs } from '../inputs.js';
import { prepareFile } from '../output/prepare.js';

interface InspectOptions {
  readonly json?: boolean;
  readonly html?: string;
  readonly prompts?: boolean;
  readonly trust?: string;
  readonly network?: boolean;
  readonly allowHttp?: boolean;
  readonly maxBytes?: number;
}

/** Tells everything that is known about files without judging them. One file: one JSON object; several: a list. */
export async function inspectCommand(paths: readonly string[], options: InspectOptions): Promise<void> {
  const { json, html, prompts = false, trust, network = false, allowHttp = false, maxBytes } = options;
  if (html) await prepareFile(html);
  const trustAnchors = trust === undefined ? {} : { trustAnchors: await readTrust(trust) };
  const { sources } = await expandInputs(paths);
  const inspector = createInspector({ prompts, network, allowHttp, ...trustAnchors, ...(maxBytes !== undefined && { maxBytes }) });
  const rows: (Inspection | FailedRow)[] = [];
  for (const source of sources) {
    const row = await inspector.inspect(source).catch((error: unknown): FailedRow => {
      const { code, message, hint } = SyntraceError.from(error, 'IMAGE_UNREADABLE', { uri: nameOf(source) });
      return { path: nameOf(source), error: { code, message, hint } };
    });
    if (!json) console.log('error' in row ? `${row.path}\n  ${row.error.code}: ${row.error.message}` : textOf(row));
    rows.push(row);
  }
  if (json) console.log(JSON.stringify(rows.length === 1 ? rows[0] : rows, null, 2));
  if (html) await writeFile(html, renderInspections(rows));
  process.exitCode = rows.some(row => 'error' in row) ? 1 : 0;
}

async function readTrust(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SyntraceError('USAGE', { detail: `--trust: ${messageOf(error)}` }, error);
  });
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new SyntraceError('USAGE', { detail: `--trust: ${file} holds no certificate in PEM form` });
  return text;
}
