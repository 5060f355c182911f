import type { Verdict } from '@syntrace/core';
import { type Html, html, trusted } from './html.js';

/** What a card is about; `failed` is not a verdict but has a card too. */
export type State = Verdict | 'failed';

/** Each state has a word and a shape of its own, so that nothing rests on colour alone. */
const STATES: Readonly<Record<State, { word: string; shape: Html }>> = {
  synthetic: {
    word: 'Synthetic',
    shape: trusted('<path class="solid" d="M12 2.5 22.5 21h-21z"/><path class="cut" d="M12 9.5v5M12 17.6v.1"/>'),
  },
  real: {
    word: 'Real',
    shape: trusted('<circle class="solid" cx="12" cy="12" r="10"/><path class="cut" d="m7.5 12.3 3.1 3.1 6-6.4"/>'),
  },
  inconclusive: {
    word: 'Inconclusive',
    shape: trusted('<path class="solid" d="M12 1 23 12 12 23 1 12z"/><path class="cut" d="M9.6 9.7a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2 1-1.2 1.9M12 16.9v.1"/>'),
  },
  failed: {
    word: 'Not judged',
    shape: trusted('<rect class="solid" x="2.5" y="2.5" width="19" height="19" rx="2"/><path class="cut" d="m8 8 8 8m0-8-8 8"/>'),
  },
};

export const stateWord = (state: State): string => STATES[state].word;

/** Decoration beside a word; screen readers skip it. */
export const stateIcon = (state: State): Html => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${STATES[state].shape}</svg>`;

export const badge = (state: State): Html => html`<span class="badge ${state}">${stateIcon(state)}${stateWord(state)}</span>`;
