import { signal } from '@preact/signals';

export const ROUTES = ['pictures', 'compare', 'robustness', 'ensemble', 'pile', 'settings', 'benchmark'] as const;
export type Route = (typeof ROUTES)[number];

const fromHash = (): Route => ROUTES.find(each => `#/${each}` === location.hash) ?? 'pictures';

export const route = signal<Route>(fromHash());
addEventListener('hashchange', () => {
  route.value = fromHash();
});
