/** What the addon exports (`crates/learn-node`). */
export interface LearnAddon {
  readonly Trainer: new (network: string, options: string, threads: number) => AddonTrainer;
}

export interface AddonTrainer {
  step(values: Float32Array, shape: number[], labels: Uint8Array): Promise<{ loss: number; gradient: number; logits: Float32Array }>;
  evaluate(values: Float32Array, shape: number[]): Promise<Float32Array>;
  setRate(rate: number): void;
  steps(): number;
  parameter(name: string): Float32Array | null;
  /** First and second. */
  moments(name: string): [Float32Array, Float32Array] | null;
  setParameter(name: string, values: Float32Array): void;
  resume(steps: number, names: string[], first: Float32Array[], second: Float32Array[]): void;
}
