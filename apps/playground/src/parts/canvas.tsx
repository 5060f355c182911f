import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Drawing } from '../engine/protocol.js';

/** Samples on a canvas of their own size; the style sheet makes it as large as its place. Without a label it is decoration. */
export function Canvas({ drawing, label }: { drawing: Drawing; label?: string }) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const { width, height, data } = drawing;
    const samples = new Uint8ClampedArray(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
    ref.current?.getContext('2d')?.putImageData(new ImageData(samples, width, height), 0, 0);
  }, [drawing]);
  return (
    <canvas
      ref={ref}
      class="drawing"
      width={drawing.width}
      height={drawing.height}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    />
  );
}
