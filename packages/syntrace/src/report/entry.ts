import type { ColourMap } from '@syntrace/core';
import type { DetectRow, FailedRow } from '../rows.js';

/** A picture in the report, as a data URL, so that the page opens offline. */
export interface ReportPicture {
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly width: number;
  readonly height: number;
  /** Meaning of the ends of the colour scale; its colours are drawn where the map is known. */
  readonly scale?: { readonly low: string; readonly high: string; readonly map?: ColourMap };
}

/** One judged or failed input. */
export interface ReportEntry {
  readonly row: DetectRow | FailedRow;
  readonly thumbnail: ReportPicture | null;
  readonly explanations: readonly ReportPicture[];
  /** What detectors say their answers rest on. */
  readonly statements?: readonly { readonly id: string; readonly sentences: readonly string[] }[];
}

export interface ReportSummary {
  readonly title: string;
  /** ISO date and time. */
  readonly created: string;
  readonly backend: string;
  readonly detectors: readonly { readonly id: string; readonly version: string; readonly description: string }[];
  readonly judged: number;
  readonly synthetic: number;
  readonly real: number;
  readonly inconclusive: number;
  readonly failed: number;
  /** Entries that were left out because the page would become too large. */
  readonly omitted: number;
  readonly seconds: number;
  /** What limits the answers as a whole. */
  readonly notes?: readonly string[];
}
