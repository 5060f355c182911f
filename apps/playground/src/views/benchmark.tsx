import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Measurement, Problem } from '../engine/protocol.js';
import { problemOf } from '../engine/rpc.js';
import { ProblemNote } from '../parts/problem.js';
import { Scroll } from '../parts/scroll.js';
import { TableHead } from '../parts/table-head.js';
import { download } from '../state/download.js';
import { ask, listener, look } from '../state/engines.js';
import { number, t, tn } from '../words/translate.js';

const SIZES = [128, 256, 512] as const;
const JOB = 'benchmark';

/** Times the kernels of the backend in use on this device: the rows of `syntrace bench`. */
export function BenchmarkView() {
  const rows = useSignal<readonly Measurement[]>([]);
  const size = useSignal<number>(256);
  const busy = useSignal(false);
  const problem = useSignal<Problem | null>(null);
  const shown = useRef(true);
  const stop = () => void look().engine.cancel(JOB);
  useEffect(
    () => () => {
      shown.current = false;
      if (busy.peek()) stop();
    },
    [],
  );
  const run = async () => {
    rows.value = [];
    problem.value = null;
    busy.value = true;
    const heard = (row: Measurement) => {
      if (shown.current) rows.value = [...rows.peek(), row];
    };
    await ask(engine => engine.benchmark(JOB, [], size.peek(), listener(heard))).catch((error: unknown) => {
      problem.value = problemOf(error);
    });
    busy.value = false;
  };
  const save = () => download('syntrace-bench.json', new TextEncoder().encode(JSON.stringify(rows.value, null, 2)), 'application/json');
  return (
    <div class="page">
      <h1>{t('nav-benchmark')}</h1>
      <p class="lead">{t('benchmark-lead')}</p>
      <div class="choices">
        <label class="field">
          <span>{t('benchmark-size')}</span>
          <select
            value={size.value}
            disabled={busy.value}
            onChange={event => {
              size.value = Number(event.currentTarget.value);
            }}
          >
            {SIZES.map(side => (
              <option key={side} value={side}>
                {side} × {side}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="button main" onClick={() => (busy.value ? stop() : void run())}>
          {t(busy.value ? 'stop' : 'benchmark-run')}
        </button>
        {rows.value.length > 0 && !busy.value && (
          <button type="button" class="button" onClick={save}>
            {t('export')}
          </button>
        )}
      </div>
      <p role="status">{busy.value ? tn('kernels-timed', rows.value.length) : rows.value.length > 0 ? tn('kernels-timed', rows.value.length) : ''}</p>
      {problem.value && <ProblemNote problem={problem.value} />}
      {rows.value.length > 0 && <Table rows={rows.value} />}
    </div>
  );
}

const Table = ({ rows }: { rows: readonly Measurement[] }) => (
  <Scroll label={t('nav-benchmark')}>
    <table class="numbers">
      <TableHead columns={[t('kernel'), t('backend'), t('milliseconds'), t('megapixels')]} />
      <tbody>
        {rows.map(({ kernel, backend, ms, megapixels }) => (
          <tr key={kernel}>
            <th scope="row">{kernel}</th>
            <td>{backend}</td>
            <td>{number(ms)}</td>
            <td>{number(megapixels)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);
