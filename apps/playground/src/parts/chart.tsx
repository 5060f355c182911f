import { number } from '../words/translate.js';
import { TableHead } from './table-head.js';

interface Point {
  readonly x: number;
  readonly y: number;
}

interface ChartProps {
  readonly label: string;
  readonly points: readonly Point[];
  readonly marked: Point | null;
  /** A height that matters, as a dashed line; above it is tinted. */
  readonly line: number | null;
  readonly lineLabel: string;
  readonly least: number;
  readonly most: number;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xText: (x: number) => string;
}

const [WIDTH, HEIGHT] = [560, 260];
const ROOM = { left: 52, right: 14, top: 14, bottom: 40 };

/** A curve over one axis, with the same numbers as a table for those who do not see it. */
export function Chart(props: ChartProps) {
  const { label, points, marked, line, lineLabel, least, most, xLabel, yLabel, xText } = props;
  const [low, high] = rangeOf([...points.map(({ y }) => y), ...(line === null ? [] : [line])]);
  const atX = (x: number) => ROOM.left + ((x - least) / (most - least)) * (WIDTH - ROOM.left - ROOM.right);
  const atY = (y: number) => HEIGHT - ROOM.bottom - ((y - low) / (high - low)) * (HEIGHT - ROOM.top - ROOM.bottom);
  const path = points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${atX(x).toFixed(1)} ${atY(y).toFixed(1)}`).join('');
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        {line !== null && <rect class="above" x={ROOM.left} y={ROOM.top} width={WIDTH - ROOM.left - ROOM.right} height={Math.max(0, atY(line) - ROOM.top)} />}
        {ticks(low, high).map(y => (
          <g key={y}>
            <line class="grid" x1={ROOM.left} x2={WIDTH - ROOM.right} y1={atY(y)} y2={atY(y)} />
            <text x={ROOM.left - 8} y={atY(y) + 4} text-anchor="end">
              {number(y)}
            </text>
          </g>
        ))}
        {ticks(least, most).map(x => (
          <text key={x} x={atX(x)} y={HEIGHT - ROOM.bottom + 18} text-anchor="middle">
            {number(x)}
          </text>
        ))}
        <text class="axis" x={(WIDTH + ROOM.left) / 2} y={HEIGHT - 4} text-anchor="middle">
          {xLabel}
        </text>
        <text class="axis" x={-(HEIGHT - ROOM.bottom) / 2} y={12} text-anchor="middle" transform="rotate(-90)">
          {yLabel}
        </text>
        {line !== null && (
          <>
            <line class="threshold" x1={ROOM.left} x2={WIDTH - ROOM.right} y1={atY(line)} y2={atY(line)} />
            <text x={WIDTH - ROOM.right - 4} y={atY(line) - 5} text-anchor="end">
              {lineLabel}
            </text>
          </>
        )}
        <path class="curve-line" d={path} />
        {points.map(({ x, y }) => (
          <circle key={x} class="point" cx={atX(x)} cy={atY(y)} r="3" />
        ))}
        {marked && <circle class="marked" cx={atX(marked.x)} cy={atY(marked.y)} r="7" />}
      </svg>
      <table class="unseen">
        <caption>{label}</caption>
        <TableHead columns={[xLabel, yLabel]} />
        <tbody>
          {points.map(({ x, y }) => (
            <tr key={x}>
              <td>{xText(x)}</td>
              <td>{number(y)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

/** From the lowest to the highest, with a tenth of room. */
function rangeOf(values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return [-1, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = high > low ? (high - low) / 10 : 1;
  return [low - room, high + room];
}

/** Round numbers within a range, about five. */
function ticks(low: number, high: number): readonly number[] {
  const raw = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5].find(each => each * power >= raw) ?? 10) * power;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}
