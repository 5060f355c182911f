import cliProgress from 'cli-progress';

/** Progress on stderr: a bar on a terminal, a plain line every few seconds elsewhere. */
export interface Progress {
  step(label?: string): void;
  to(done: number, total: number, label?: string): void;
  stop(): void;
}

const PLAIN_EVERY_MS = 5000;

export function startProgress(what: string, total: number): Progress {
  return process.stderr.isTTY ? bar(what, total) : plainLines(what, total);
}

function bar(what: string, total: number): Progress {
  const shown = new cliProgress.SingleBar(
    { format: `${what} {bar} {value}/{total} · {eta_formatted} left {label}`, stream: process.stderr, hideCursor: true, clearOnComplete: true, fps: 8 },
    cliProgress.Presets.shades_classic,
  );
  shown.start(total, 0, { label: '' });
  return {
    step: (label = '') => shown.increment(1, { label }),
    to: (done, of, label = '') => {
      shown.setTotal(of);
      shown.update(done, { label });
    },
    stop: () => shown.stop(),
  };
}

function plainLines(what: string, total: number): Progress {
  let [done, of, last] = [0, total, Date.now()];
  const say = () => {
    if (Date.now() - last < PLAIN_EVERY_MS) return;
    last = Date.now();
    console.error(`${what} ${done}/${of}`);
  };
  return {
    step: () => {
      done++;
      say();
    },
    to: (now, all) => {
      [done, of] = [now, all];
      say();
    },
    stop: () => {},
  };
}
