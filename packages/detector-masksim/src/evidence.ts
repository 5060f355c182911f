import type { Window } from '@syntrace/core';

/** How near a picture is to one generator. */
export interface GeneratorEvidence {
  readonly generator: string;
  /** Mean of the three cosines, −1…1. */
  readonly similarity: number;
  /** Cosines of Y, Cb and Cr. */
  readonly channels: readonly [number, number, number];
  /** exp(a)·similarity + b. */
  readonly logit: number;
  /** sigmoid(logit): the published probability, which is not calibrated. */
  readonly probability: number;
  /** Deviations of the logit from those of real photographs; the logit itself where none were kept. */
  readonly standardised: number;
  /** Share of real photographs that come at least as near; `null` where none were kept. */
  readonly falsePositiveRate: number | null;
}

/** What the MaskSim detector looked at. */
export interface MaskSimEvidence {
  /** In samples of the picture. */
  readonly window: Window;
  /** Nearest first. */
  readonly generators: readonly GeneratorEvidence[];
  /** The generator whose pictures it resembles most, or `unknown generator`. */
  readonly resembles: string;
}

/** What a picture resembles that comes no nearer to any generator than real photographs do. */
export const UNKNOWN_GENERATOR = 'unknown generator';
