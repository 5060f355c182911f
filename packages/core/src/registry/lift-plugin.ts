type Fields = Readonly<Record<string, unknown>>;

/** Makes a plugin of one contract a plugin of the next. */
export type PluginLift = (plugin: Fields) => Fields;

/** Lifts by the contract that each takes: what keeps published plugins working when a new contract comes. None yet: contract 1 is the first. */
export const LIFTS: ReadonlyMap<number, PluginLift> = new Map();

/** The plugin as the present contract has it, lifted step by step. What no lift takes stays as it is, for `checkPlugin` to refuse by name. */
export function liftPlugin(plugin: unknown, lifts: ReadonlyMap<number, PluginLift> = LIFTS): unknown {
  if (typeof plugin !== 'object' || plugin === null) return plugin;
  const { contract } = plugin as Fields;
  const lift = typeof contract === 'number' ? lifts.get(contract) : undefined;
  return lift ? liftPlugin({ ...lift(plugin as Fields), contract: (contract as number) + 1 }, lifts) : plugin;
}
