import { durationText } from '../report/format.js';

/** Progress on stderr: a bar on a terminal, a plain line every few seconds elsewhere. */
export interface Progress {
  step(): void;
  to(done: number, total: number): void;
  /** Writes something to the terminal, with the bar out of its way. */
  aside(write: () => void): void;
  stop(): void;
}

const PLAIN_EVERY_MS = 5000;
const BAR_EVERY_MS = 100;
const BAR_WIDTH = 30;

export function startProgress(what: string, total: number): Progress {
  const started = performance.now();
  let [done, of] = [0, total];
  const left = () => (done > 0 && done < of ? ` · ${durationText(((performance.now() - started) / 1000 / done) * (of - done))} left` : '');
  const shown = process.stderr.isTTY
    ? bar(() => ({ text: `${what} ${done}/${of}${left()}`, share: of > 0 ? done / of : 1 }))
    : lines(() => `${what} ${done}/${of}${left()}`);
  return {
    step: () => shown.update(++done === of),
    to(now, all) {
      [done, of] = [now, all];
      shown.update(done === of);
    },
    aside: shown.aside,
    stop: shown.stop,
  };
}

interface Display {
  update(last: boolean): void;
  aside(write: () => void): void;
  stop(): void;
}

function bar(state: () => { text: string; share: number }): Display {
  let drawn = 0;
  const draw = () => {
    const { text, share } = state();
    const room = (process.stderr.columns || 80) - 1;
    const width = Math.max(0, Math.min(BAR_WIDTH, room - text.length - 1));
    const filled = Math.round(width * share);
    process.stderr.write(`\r\x1b[K${`${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${text}`.trimStart().slice(0, room)}`);
    drawn = performance.now();
  };
  const erase = () => void process.stderr.write('\r\x1b[K');
  // The time that is left runs on while a slow picture is judged.
  const timer = setInterval(draw, 1000).unref();
  draw();
  return {
    update: last => void ((last || performance.now() - drawn >= BAR_EVERY_MS) && draw()),
    aside(write) {
      erase();
      write();
      draw();
    },
    stop() {
      clearInterval(timer);
      erase();
    },
  };
}

function lines(state: () => string): Display {
  let last = performance.now();
  return {
    update() {
      if (performance.now() - last < PLAIN_EVERY_MS) return;
      last = performance.now();
      console.error(state());
    },
    aside: write => write(),
    stop() {},
  };
}
