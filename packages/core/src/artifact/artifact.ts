import type { LoadAsset } from '../contract/detector.js';
import type { Artifact, ModelCard } from '../contract/training.js';
import { messageOf, SyntraceError } from '../errors.js';
import { meaningProblem } from './check-meaning.js';

/** Loads `model.json` and every file it names from a folder, and checks each file's sha256.
 *  @throws ARTIFACT_MISSING, ARTIFACT_INVALID, ARTIFACT_CHECKSUM */
export async function loadArtifact(folder: URL, load: LoadAsset): Promise<Artifact> {
  const base = new URL(folder);
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  const card = parseCard(await loadFile(new URL('model.json', base), load));
  const files = new Map<string, Uint8Array>();
  for (const [name, expected] of Object.entries(card.files)) {
    // A card may only name files beside itself.
    if (!/^[\w.-]+$/.test(name) || name.startsWith('.'))
      throw new SyntraceError('ARTIFACT_INVALID', { file: 'model.json', detail: `it names the file ${JSON.stringify(name)}` });
    const bytes = await loadFile(new URL(name, base), load);
    await checkSum(name, bytes, expected);
    files.set(name, bytes);
  }
  return { card, files };
}

/** Refuses bytes whose sha256 is not the expected one. @throws ARTIFACT_CHECKSUM */
export async function checkSum(file: string, bytes: Uint8Array, expected: string): Promise<void> {
  const found = await sha256(bytes);
  if (found !== expected.toLowerCase()) throw new SyntraceError('ARTIFACT_CHECKSUM', { file, found, expected });
}

/** Hex SHA-256. Browsers offer it on https and localhost only. @throws ARTIFACT_INVALID elsewhere */
export async function sha256(bytes: Uint8Array): Promise<string> {
  if (!globalThis.crypto?.subtle) throw new SyntraceError('ARTIFACT_INVALID', { file: 'model', detail: 'checksums need a secure page (https or localhost)' });
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
}

async function loadFile(url: URL, load: LoadAsset): Promise<Uint8Array> {
  try {
    return await load(url);
  } catch (error) {
    throw new SyntraceError('ARTIFACT_MISSING', { file: url.pathname.split('/').slice(-2).join('/') }, error);
  }
}

function parseCard(bytes: Uint8Array): ModelCard {
  let card: unknown;
  try {
    card = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new SyntraceError('ARTIFACT_INVALID', { file: 'model.json', detail: `it is not JSON (${messageOf(error)})` });
  }
  return checkCard(card);
}

/** A model card out of what JSON gives. @throws ARTIFACT_INVALID with the field that is wrong */
export function checkCard(value: unknown): ModelCard {
  const refuse = (detail: string): never => {
    throw new SyntraceError('ARTIFACT_INVALID', { file: 'model.json', detail });
  };
  if (typeof value !== 'object' || value === null) return refuse('expected an object');
  const card: Partial<Record<keyof ModelCard, unknown>> = value;
  if (card.format !== 1) return refuse(`format ${String(card.format)}, expected 1`);
  if (typeof card.detector !== 'string') return refuse('`detector` is missing');
  const problem = meaningProblem(card);
  if (problem) return refuse(problem);
  if (typeof card.files !== 'object' || card.files === null || Array.isArray(card.files)) return refuse('`files` is missing');
  if (!Object.values(card.files).every(sum => typeof sum === 'string')) return refuse('`files` must give the sha256 of each file in hex');
  return card as ModelCard;
}
