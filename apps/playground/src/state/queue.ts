import { batch, effect } from '@preact/signals';
import type { Addition, DetectorInfo, JudgeEvent, ServerAddress } from '../engine/protocol.js';
import { problemOf } from '../engine/rpc.js';
import { add, configure, detectors, judge, judgeCount, listener, look, remove } from './engines.js';
import { memberIds } from './ensemble.js';
import { newPicture, type Picture, pictures, selectedId, undraw } from './pictures.js';

const PREVIEW_SIDE = 320;
/** The worker that each picture is judged on just now. */
const running = new Map<Picture, number>();

/** Takes pictures in; the first becomes the one that is looked at where there was none. */
export function addPictures(files: readonly { readonly name: string; readonly file: Blob }[]): void {
  if (files.length === 0) return;
  const added = files.map(({ name, file }) => newPicture(name, file));
  batch(() => {
    pictures.value = [...pictures.value, ...added];
    selectedId.value = added[0]!.id;
  });
  look();
}

/** Detectors that have still to judge a picture. */
const open = (picture: Picture): readonly string[] => memberIds.value.filter(id => !picture.detections.peek().has(id));

/** The picture that is looked at comes first. */
function next(): Picture | undefined {
  const waiting = pictures.peek().filter(({ stage }) => stage.peek() === 'waiting');
  return waiting.find(({ id }) => id === selectedId.peek()) ?? waiting[0];
}

/** Gives every free worker something to do. */
function pump(): void {
  if (detectors.value.length === 0) return;
  const busy = new Set(running.values());
  for (let i = 0; i < judgeCount; i++) {
    if (busy.has(i)) continue;
    const picture = next();
    if (!picture) return;
    picture.stage.value = 'working';
    running.set(picture, i);
    void run(picture, i).finally(() => {
      running.delete(picture);
      pump();
    });
  }
}

async function run(picture: Picture, worker: number): Promise<void> {
  const { id, name, file } = picture;
  const ids = open(picture);
  const start = performance.now();
  const heard = (event: JudgeEvent) => pictures.peek().includes(picture) && take(picture, event, start);
  try {
    const started = judge(worker);
    await started.ready;
    const job = { job: id, name, file, detectors: ids, preview: picture.preview.peek() ? 0 : PREVIEW_SIDE };
    await started.run(engine => engine.judge(job, listener(heard)));
    picture.stage.value = 'done';
  } catch (error) {
    const problem = problemOf(error);
    batch(() => {
      // Its worker was ended for another one.
      if (problem.code === 'ABORTED') picture.stage.value = 'waiting';
      else {
        picture.problem.value = problem;
        picture.stage.value = 'failed';
      }
    });
  }
}

function take(picture: Picture, event: JudgeEvent, start: number): void {
  if (event.type === 'decoded') picture.facts.value = event.facts;
  else if (event.type === 'preview') picture.preview.value = URL.createObjectURL(new Blob([event.picture as Uint8Array<ArrayBuffer>]));
  else
    batch(() => {
      picture.firstVerdict.value ??= performance.now() - start;
      picture.detections.value = new Map(picture.detections.peek()).set(event.detection.id, event.detection);
      if (picture.evidenceState.peek() === 'done') undraw(picture);
    });
}

/** Ends the judging of a picture that is let go. */
export function stopJudging(picture: Picture): void {
  const worker = running.get(picture);
  if (worker !== undefined) void judge(worker).engine.cancel(picture.id);
}

/** Judges again what failed. */
export function retry(picture: Picture): void {
  batch(() => {
    picture.problem.value = null;
    picture.stage.value = 'waiting';
  });
}

// Whenever pictures wait, detectors become known, or the ensemble gets another member.
effect(() => {
  const ids = memberIds.value;
  for (const { stage, detections } of pictures.value) if (stage.value === 'done' && ids.some(id => !detections.peek().has(id))) stage.value = 'waiting';
  pump();
});

/** Tells the workers of an addition; pictures are judged by what is new or has got other weights. @throws what it is refused for */
export async function addDetectors(addition: Addition): Promise<readonly DetectorInfo[]> {
  const added = await add(addition);
  if (addition.kind !== 'plugin') forgetDetections(addition.kind === 'weights' ? addition.artifact.card.detector : 'noisescope-match');
  return added;
}

/** Takes an addition back; pictures are judged by what is left. */
export function removeDetectors(addition: Addition): void {
  const before = detectors.peek();
  remove(addition);
  for (const { id } of before) forgetDetections(id);
}

/** Lets a server judge, or with `null` this machine; all pictures are judged anew. @throws SERVER_UNREACHABLE, what the server refuses */
export async function judgeOn(server: ServerAddress | null): Promise<void> {
  const before = detectors.peek();
  await configure({ server });
  for (const { id } of [...before, ...detectors.peek()]) forgetDetections(id);
}

function forgetDetections(id: string): void {
  batch(() => {
    for (const picture of pictures.peek()) {
      const { detections, stage } = picture;
      if (!detections.peek().has(id)) continue;
      const others = new Map(detections.peek());
      others.delete(id);
      detections.value = others;
      undraw(picture);
      if (stage.peek() === 'done') stage.value = 'waiting';
    }
  });
}
