import type { Verdict } from '@syntrace/core';
import type { ComponentChildren } from 'preact';
import { t } from '../words/translate.js';

/** Each has a word and a shape of its own, so that nothing rests on colour alone. */
const SHAPES: Readonly<Record<Verdict | 'failed', ComponentChildren>> = {
  synthetic: <path d="M12 3 22 20.5H2zM12 9.5v5.2M12 17.4v.2" />,
  real: <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM7.5 12.3l3.1 3.1 6-6.4" />,
  inconclusive: <path d="M12 1.5 22.5 12 12 22.5 1.5 12zM9.6 9.7a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2 1-1.2 1.9M12 16.7v.2" />,
  failed: <path d="M3 3h18v18H3zM8 8l8 8M16 8l-8 8" />,
};

export const VerdictIcon = ({ verdict }: { verdict: Verdict | 'failed' }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    {SHAPES[verdict]}
  </svg>
);

export const VerdictBadge = ({ verdict }: { verdict: Verdict | 'failed' }) => (
  <span class={`badge ${verdict}`}>
    <VerdictIcon verdict={verdict} />
    {t(`verdict-${verdict}`)}
  </span>
);
