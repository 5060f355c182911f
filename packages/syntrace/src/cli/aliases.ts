/** A published name of a detector that has another one here. */
interface Alias {
  readonly detector: string;
  /** Published settings that its training begins with. */
  readonly settings: Readonly<Record<string, string>>;
}

const ALIASES: Readonly<Record<string, Alias>> = {
  /** Frank et al., ICML 2020: their ridge classifier of spectra. */
  fredect: { detector: 'frequency', settings: { model: 'log2' } },
};

/** What a name stands for; other names stand for themselves. */
export const aliasOf = (name: string): Alias => (Object.hasOwn(ALIASES, name) ? ALIASES[name]! : { detector: name, settings: {} });
