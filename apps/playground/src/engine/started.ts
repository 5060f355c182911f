import { type Remote, wrap } from 'comlink';
import type { Engine } from '../worker/engine.js';
import type { Addition, EngineSettings, Registered } from './protocol.js';
import { EngineError } from './rpc.js';

/** A worker that runs, with the session it has opened. */
export interface Started {
  readonly engine: Remote<Engine>;
  /** The detectors of its session. @throws what a setting or addition is refused for */
  readonly ready: Promise<Registered>;
  /** Work on the engine; rejects when the worker dies, e.g. for want of memory. */
  run<T>(work: (engine: Remote<Engine>) => Promise<T>): Promise<T>;
  stop(): void;
}

export function startEngine(settings: EngineSettings, additions: readonly Addition[], onDeath: () => void): Started {
  const worker = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module' });
  const engine = wrap<Engine>(worker);
  let die: (error: Error) => void = () => {};
  const dead = new Promise<never>((_, reject) => {
    die = reject;
  });
  dead.catch(onDeath);
  worker.addEventListener('error', ({ message }) =>
    die(new EngineError({ code: 'WORKER_STOPPED', message: message || 'the worker stopped', hint: 'It was started anew; try the picture again.' })),
  );
  const run = <T>(work: (engine: Remote<Engine>) => Promise<T>): Promise<T> => Promise.race([work(engine), dead]);
  const ready = run(remote => remote.configure(settings, [...additions]));
  ready.catch(() => {});
  return {
    engine,
    ready,
    run,
    stop() {
      worker.terminate();
      die(new EngineError({ code: 'ABORTED', message: 'the run was stopped', hint: '' }));
    },
  };
}
