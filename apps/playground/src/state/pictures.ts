import { computed, effect, type Signal, signal } from '@preact/signals';
import type { Detection } from '@syntrace/core';
import type { EvidenceGroup, Inspected, PictureFacts, Problem } from '../engine/protocol.js';
import { type Answer, answerOf, ensemble, missingMembers } from './ensemble.js';

export type Stage = 'waiting' | 'working' | 'done' | 'failed';

/** A picture that the user gave, and what is known of it so far. */
export interface Picture {
  readonly id: string;
  readonly name: string;
  readonly file: Blob;
  readonly stage: Signal<Stage>;
  readonly facts: Signal<PictureFacts | null>;
  readonly problem: Signal<Problem | null>;
  /** Address of a small copy. */
  readonly preview: Signal<string | null>;
  readonly detections: Signal<ReadonlyMap<string, Detection>>;
  /** Milliseconds from the start of its judging to the first verdict. */
  readonly firstVerdict: Signal<number | null>;
  readonly inspected: Signal<Inspected | Problem | null>;
  readonly evidence: Signal<readonly EvidenceGroup[]>;
  readonly evidenceState: Signal<'none' | 'drawing' | 'done'>;
  readonly answer: { readonly value: Answer | null };
}

export const pictures = signal<readonly Picture[]>([]);
export const selectedId = signal<string | null>(null);
export const selected = computed(() => pictures.value.find(({ id }) => id === selectedId.value) ?? null);

let count = 0;

export function newPicture(name: string, file: Blob): Picture {
  const detections = signal<ReadonlyMap<string, Detection>>(new Map());
  return {
    id: `picture-${++count}`,
    name,
    file,
    stage: signal<Stage>('waiting'),
    facts: signal<PictureFacts | null>(null),
    problem: signal<Problem | null>(null),
    preview: signal<string | null>(null),
    detections,
    firstVerdict: signal<number | null>(null),
    inspected: signal<Inspected | Problem | null>(null),
    evidence: signal<readonly EvidenceGroup[]>([]),
    evidenceState: signal<'none' | 'drawing' | 'done'>('none'),
    answer: computed(() => answerOf({ ...ensemble.value, members: known() }, detections.value)),
  };
}

const known = () => ensemble.value.members.filter(({ id }) => !missingMembers.value.includes(id));

/** How many are in which stage. */
export const tally = computed(() => {
  const counts = { waiting: 0, working: 0, done: 0, failed: 0 };
  for (const { stage } of pictures.value) counts[stage.value]++;
  return counts;
});

/** Lets a picture and what was drawn of it go. */
export function forget(picture: Picture): void {
  if (picture.preview.value) URL.revokeObjectURL(picture.preview.value);
  pictures.value = pictures.value.filter(each => each !== picture);
  if (selectedId.value === picture.id) selectedId.value = pictures.value[0]?.id ?? null;
}

/** Lets its drawings go; they are made anew when they are wanted. */
export function undraw(picture: Picture): void {
  picture.evidence.value = [];
  picture.evidenceState.value = 'none';
}

// Drawings are kept of the picture that is looked at and of the two before it.
const KEEP_DRAWN = 3;
const drawn: Picture[] = [];
effect(() => {
  const now = selected.value;
  if (!now) return;
  drawn.splice(0, drawn.length, now, ...drawn.filter(each => each !== now));
  drawn.splice(KEEP_DRAWN).forEach(undraw);
});
