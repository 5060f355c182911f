import { effect } from '@preact/signals';
import type { EvidenceGroup } from '../engine/protocol.js';
import { problemOf } from '../engine/rpc.js';
import { ask, detectors, listener, look } from './engines.js';
import { memberIds } from './ensemble.js';
import { type Picture, selected } from './pictures.js';

let drawing: string | undefined;
let count = 0;

/** Draws the evidence of a picture, once. Another picture's drawing is ended. */
export async function drawEvidence(picture: Picture, alone = true): Promise<void> {
  if (picture.evidenceState.peek() !== 'none' || picture.problem.peek()) return;
  if (alone && drawing) void look().engine.cancel(drawing);
  const job = `evidence-${++count}`;
  if (alone) drawing = job;
  picture.evidenceState.value = 'drawing';
  const members = memberIds.peek();
  const heard = (group: EvidenceGroup) => {
    if (picture.evidenceState.peek() === 'drawing') picture.evidence.value = [...picture.evidence.peek(), group];
  };
  try {
    await ask(engine => engine.drawEvidence(job, picture.id, { name: picture.name, file: picture.file }, members, listener(heard)));
  } catch {
    // What cannot be decoded is said by its judging.
  }
  const ended = alone && drawing !== job;
  // Another member came while it was drawn: once more, with it.
  const stale = members.join() !== memberIds.peek().join();
  if (ended || stale) picture.evidence.value = [];
  picture.evidenceState.value = ended || stale ? 'none' : 'done';
  if (stale && !ended) await drawEvidence(picture, alone);
}

const reading = new WeakSet<Picture>();

/** Reads what is known of a picture's file, once. */
async function inspect(picture: Picture): Promise<void> {
  if (reading.has(picture)) return;
  reading.add(picture);
  picture.inspected.value = await ask(engine => engine.inspect({ name: picture.name, file: picture.file })).catch(problemOf);
}

// The picture that is looked at is drawn and inspected once its first verdict is there (or it has failed): the verdict comes first.
effect(() => {
  const picture = selected.value;
  if (!picture || detectors.value.length === 0) return;
  if (picture.firstVerdict.value === null && picture.stage.value !== 'failed') return;
  void inspect(picture);
  if (picture.stage.value === 'done') void drawEvidence(picture);
});
