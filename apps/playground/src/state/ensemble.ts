import { computed } from '@preact/signals';
import { combineDetections, type Detection, type EnsembleSpec, equalEnsemble, parseEnsemble, type Score } from '@syntrace/core';
import { detectors, shippedEnsemble } from './engines.js';
import { stored } from './stored.js';

/** The ensemble that the user composed or imported; `null`: the default one of all that judge by default. */
export const composed = stored<EnsembleSpec | null>('ensemble', null, value => value && parseEnsemble(JSON.stringify(value)));

const judgesByDefault = computed(() => detectors.value.filter(({ unit, byDefault }) => unit === 'image' && byDefault));

/** What the SDK and the command do when nothing is named: the shipped ensemble, else equal weights, declarations as evidence. */
export const defaultEnsemble = computed((): EnsembleSpec => {
  if (shippedEnsemble.value) return shippedEnsemble.value;
  const list = judgesByDefault.value;
  return equalEnsemble(
    list.map(({ id }) => id),
    { detector: id => ({ restsOn: list.find(each => each.id === id)!.restsOn }) },
  );
});

export const ensemble = computed((): EnsembleSpec => composed.value ?? defaultEnsemble.value);

/** Members in the order in which they judge: pixels first, as the others mostly abstain. */
export const memberIds = computed((): readonly string[] => {
  const rank = (id: string) => (detectors.value.find(each => each.id === id)?.restsOn === 'declaration' ? 1 : 0);
  const known = new Set(detectors.value.map(({ id }) => id));
  return ensemble.value.members
    .map(({ id }) => id)
    .filter(id => known.has(id))
    .toSorted((a, b) => rank(a) - rank(b));
});

/** Members that are not registered here, e.g. of a plugin that was not loaded. */
export const missingMembers = computed(() => {
  const known = new Set(detectors.value.map(({ id }) => id));
  return ensemble.value.members.map(({ id }) => id).filter(id => !known.has(id));
});

export interface Answer extends Score {
  /** Whether some members have still to answer. */
  readonly open: boolean;
}

/** What the ensemble says on the detections that there are; `null` before the first. */
export function answerOf(spec: EnsembleSpec, detections: ReadonlyMap<string, Detection>): Answer | null {
  const members = spec.members.filter(({ id }) => detections.has(id));
  if (members.length === 0) return null;
  const given = members.map(({ id }) => detections.get(id)!);
  // One member alone, as the SDK has it without an ensemble: its own score and threshold.
  const said = spec.members.length === 1 && composed.value === null ? given[0]! : combineDetections({ ...spec, members }, given);
  return { ...said, open: members.length < spec.members.length };
}
