import { effect, type Signal, signal } from '@preact/signals';
import { select } from 'd3-selection';
import { type D3ZoomEvent, type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom';

/** A part of a picture: enlarged `k` times, moved by shares of the frame. Shared by frames that show the same thing in different ways. */
export interface View {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

export const WHOLE: View = { k: 1, x: 0, y: 0 };
export const newView = (): Signal<View> => signal(WHOLE);

const MOST = 40;
const STEP = 1.5;
const PAN = 0.15;

/** Keeps the frame filled. */
function within({ k, x, y }: View): View {
  const scale = Math.min(MOST, Math.max(1, k));
  const held = (at: number) => Math.min(0, Math.max(1 - scale, at));
  return { k: scale, x: held(x), y: held(y) };
}

/** Enlarges around the middle of the frame. */
export function zoomBy(view: Signal<View>, factor: number): void {
  const { k, x, y } = view.peek();
  const next = Math.min(MOST, Math.max(1, k * factor));
  const about = (at: number) => 0.5 - ((0.5 - at) * next) / k;
  view.value = within({ k: next, x: about(x), y: about(y) });
}

const KEYS: Readonly<Record<string, (view: Signal<View>) => void>> = {
  '+': view => zoomBy(view, STEP),
  '=': view => zoomBy(view, STEP),
  '-': view => zoomBy(view, 1 / STEP),
  '0': view => {
    view.value = WHOLE;
  },
  ArrowLeft: view => pan(view, PAN, 0),
  ArrowRight: view => pan(view, -PAN, 0),
  ArrowUp: view => pan(view, 0, PAN),
  ArrowDown: view => pan(view, 0, -PAN),
};

const pan = (view: Signal<View>, dx: number, dy: number): void => {
  const { k, x, y } = view.peek();
  view.value = within({ k, x: x + dx, y: y + dy });
};

/** Whether the key moved the view; arrows scroll the page as long as all of the picture is seen. */
export function keyMoves(view: Signal<View>, key: string): boolean {
  const move = KEYS[key];
  if (!move || (key.startsWith('Arrow') && view.peek().k === 1)) return false;
  move(view);
  return true;
}

/** Lets wheel, mouse and fingers move the view, and the view move the content. Ctrl or ⌘ with the wheel always zooms, the wheel alone once the frame has the
 *  focus; one finger scrolls the page until the picture is enlarged. Gives the function that ends it. */
export function attachZoom(frame: HTMLElement, content: HTMLElement, view: Signal<View>): () => void {
  const held = frame as HTMLElement & { __zoom?: ZoomTransform };
  const size = () => [frame.clientWidth || 1, frame.clientHeight || 1] as const;
  const behaviour = zoom<HTMLElement, unknown>()
    .scaleExtent([1, MOST])
    .extent(() => [[0, 0], [...size()]])
    .filter((event: Event) => {
      if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey || document.activeElement === frame;
      if ('touches' in event) return (event as TouchEvent).touches.length > 1 || view.peek().k > 1;
      return (event as MouseEvent).button === 0;
    })
    .on('zoom', ({ transform, sourceEvent }: D3ZoomEvent<HTMLElement, unknown>) => {
      const [width, height] = size();
      if (sourceEvent) view.value = within({ k: transform.k, x: transform.x / width, y: transform.y / height });
    });
  const selection = select(frame).call(behaviour);
  const follow = () => {
    const { k, x, y } = view.value;
    const [width, height] = size();
    // Where d3-zoom keeps the state of an element.
    held.__zoom = zoomIdentity.translate(x * width, y * height).scale(k);
    content.style.transform = `translate(${x * 100}%, ${y * 100}%) scale(${k})`;
    frame.classList.toggle('enlarged', k > 1);
    frame.classList.toggle('coarse', k > 3);
  };
  const stop = effect(follow);
  const resized = new ResizeObserver(follow);
  resized.observe(frame);
  return () => {
    stop();
    resized.disconnect();
    selection.on('.zoom', null);
  };
}
