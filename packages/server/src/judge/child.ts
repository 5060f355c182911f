// The process in which pictures are decoded and judged: whatever native code does to it costs the picture at hand, not the service.
// It knows no database, no keys and no addresses; bytes come in, answers go out.
import { isFailure, type Outcome, SyntraceError } from '@syntrace/core';
import { encodePng } from '@syntrace/image-io';
import { openSession, rowOf, type Session } from 'syntrace/session';
import { engineOf } from './engine.js';
import type { Answer, Ask, Drawn, Picture, Report, SpectraBlock, Task } from './messages.js';

const say = (report: Report): Promise<void> => new Promise(resolve => process.send!(report, () => resolve()));
const running = new Map<number, AbortController>();
let opened: Promise<Session> | undefined;

async function open(options: Extract<Task, { type: 'open' }>['options']): Promise<void> {
  try {
    opened = openSession(options);
    await say({ type: 'ready', engine: await engineOf(await opened) });
  } catch (error) {
    await say({ type: 'refused', error: SyntraceError.from(error, 'USAGE', {}).toJSON() });
    process.exit(1);
  }
}

async function judge(id: number, pictures: readonly Picture[], ask: Ask): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const { syntrace, choice } = await opened!;
    const chosen = ask.detectors ? { detectors: ask.detectors } : choice;
    const sources = pictures.map(({ uri, bytes }) => ({ uri, data: bytes }));
    for await (const outcome of syntrace.detectAll(sources, { ...chosen, explain: ask.explain ?? false, signal: controller.signal }))
      await say({ type: 'answer', id, answer: await answerOf(outcome) });
    await say({ type: 'end', id });
  } catch (error) {
    await say({ type: 'end', id, error: SyntraceError.from(error, 'USAGE', {}).toJSON() });
  } finally {
    running.delete(id);
  }
}

/** The all-pairs part of NoiseScope: a block of spectra, by the kernels of this engine. */
async function compare(id: number, { rows, columns, length, ...selection }: SpectraBlock): Promise<void> {
  try {
    const kernels = await (await opened!).syntrace.kernels();
    const tensors = [rows, ...(columns ? [columns] : [])].map(data => kernels.tensor('f32', data, [data.length / length, length]));
    try {
      const [own, other] = tensors as [(typeof tensors)[0], (typeof tensors)[0]?];
      const found = await kernels.pceAbove(other ? [own, other] : own, selection);
      await say({ type: 'pairs', id, pairs: { rows: [...found.rows], columns: [...found.columns], values: [...found.values] } });
    } finally {
      kernels.free(...tensors);
    }
    await say({ type: 'end', id });
  } catch (error) {
    await say({ type: 'end', id, error: SyntraceError.from(error, 'USAGE', {}).toJSON() });
  }
}

async function answerOf(outcome: Outcome): Promise<Answer> {
  const row = rowOf(outcome);
  if (isFailure(outcome)) return { row, camera: null };
  const drawn: Drawn[] = [];
  for (const { id, title, description, picture } of outcome.explanations ?? []) {
    const png = await encodePng(picture);
    drawn.push({ id, title, description, png });
  }
  return { row, camera: cameraOf(outcome), ...(outcome.explanations && { explanations: drawn }) };
}

/** As the provenance detector read it, where that one judged. */
function cameraOf(outcome: Exclude<Outcome, { error: unknown }>): string | null {
  const evidence = outcome.detectors.find(({ id }) => id === 'provenance')?.evidence as {
    camera?: { make: string | null; model: string | null } | null;
  } | null;
  const names = [evidence?.camera?.make, evidence?.camera?.model].filter(name => name);
  return names.length > 0 ? names.join(' ').slice(0, 200) : null;
}

process.on('message', (task: Task) => {
  if (task.type === 'open') void open(task.options);
  else if (task.type === 'compare') void compare(task.id, task.block);
  else if (task.type === 'judge') void judge(task.id, task.pictures, task.ask);
  else running.get(task.id)?.abort();
});
// The service decides when it stops; a signal to the whole group must not take a picture with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.exit());
