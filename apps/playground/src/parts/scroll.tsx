import type { ComponentChildren } from 'preact';

/** A region that scrolls by itself where it is too narrow, and can be reached by keyboard for that. */
export const Scroll = ({ label, kind = '', children }: { label: string; kind?: string; children: ComponentChildren }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  <section class={`scroll ${kind}`} aria-label={label} tabIndex={0}>
    {children}
  </section>
);
