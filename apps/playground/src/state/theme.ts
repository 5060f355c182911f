import { effect } from '@preact/signals';
import { stored } from './stored.js';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const theme = stored<Theme>('theme', 'auto', value => THEMES.find(each => each === value) ?? 'auto');

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});
