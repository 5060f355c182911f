import { type Detection, type Explanation, SyntraceError } from '@syntrace/core';
import { toRgba } from '@syntrace/image-io';
import { ServerError, SyntraceClient } from '@syntrace/server-client';
import type { DetectorInfo, Named, ServerAddress } from '../engine/protocol.js';
import { EngineError } from '../engine/rpc.js';
import { decodeNamed } from './decode-named.js';

/** A Syntrace server that judges instead of this machine. Pictures are sent to it. */
export class Remote {
  private readonly client: SyntraceClient;

  constructor({ address, key }: ServerAddress) {
    this.client = new SyntraceClient({ baseUrl: address, ...(key !== '' && { key }) });
  }

  /** @throws SERVER_UNREACHABLE, and what the server answers */
  async detectors(): Promise<readonly DetectorInfo[]> {
    const list = await reached(this.client.detectors());
    return list.map(({ id, version, description, unit, restsOn, byDefault }) => ({
      id,
      version,
      description,
      unit,
      restsOn,
      byDefault,
      plugin: '',
      importable: false,
    }));
  }

  /** @throws as {@link detectors}, and ABORTED */
  async judge({ name, file }: Named, id: string, signal: AbortSignal): Promise<Detection> {
    const start = performance.now();
    const { detectors, score, probability, threshold, verdict, realShare, warnings } = await reached(
      this.client.judge(file, { detectors: [id], name, signal }),
      signal,
    );
    const version = detectors.find(each => each.id === id)?.version ?? '';
    return { id, version, score, probability, threshold, verdict, realShare, warnings, ms: performance.now() - start, evidence: null };
  }

  /** The drawings of one detector. @throws as {@link judge} */
  async explain({ name, file }: Named, id: string, signal: AbortSignal): Promise<readonly Explanation[]> {
    const { explanations = [] } = await reached(this.client.judge(file, { detectors: [id], name, explain: true, signal }), signal);
    return Promise.all(explanations.map(async ({ png, ...drawn }) => ({ ...drawn, picture: await pictureOf(png, drawn.id) })));
  }
}

async function pictureOf(png: string, name: string): Promise<Explanation['picture']> {
  const { width, height, data } = await decodeNamed({ name, file: await (await fetch(`data:image/png;base64,${png}`)).blob() });
  return { width, height, data: new Uint8Array(toRgba({ width, height, data }).buffer) };
}

/** What a server refuses keeps its code and hint; no answer at all has one of its own. */
async function reached<T>(answer: Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (signal?.aborted) throw new SyntraceError('ABORTED');
    if (error instanceof ServerError) throw new EngineError({ code: error.code, message: error.message, hint: error.hint });
    throw new EngineError({
      code: 'SERVER_UNREACHABLE',
      message: 'the server did not answer',
      hint: 'Check its address, that it runs, and that it was started with --allow-origin and the address of this page.',
    });
  }
}
