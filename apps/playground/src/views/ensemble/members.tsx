import type { EnsembleMember, EnsembleSpec } from '@syntrace/core';
import { NumberField } from '../../parts/number-field.js';
import { detectors } from '../../state/engines.js';
import { missingMembers } from '../../state/ensemble.js';
import { t } from '../../words/translate.js';

interface Editing {
  readonly spec: EnsembleSpec;
  readonly change: (next: Partial<EnsembleSpec>) => void;
}

/** Every detector that judges single pictures; those that are ticked are members. */
export function Members({ spec, change }: Editing) {
  const able = detectors.value.filter(({ unit }) => unit === 'image');
  const put = (id: string, member: EnsembleMember | null) => {
    const others = spec.members.filter(each => each.id !== id);
    const order = [...able.map(each => each.id), ...missingMembers.value];
    const members = member ? [...others, member].toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id)) : others;
    // An ensemble has at least one member.
    // The bands of a cascade belong to its members.
    if (members.length > 0) change({ members, ...(spec.combine.method === 'cascade' && { combine: { method: 'mean' as const } }) });
  };
  const rows = [
    ...able,
    ...missingMembers.value.map(id => ({ id, description: t('member-missing'), restsOn: 'pixels' as const, byDefault: true, importable: false })),
  ];
  return (
    <fieldset class="members">
      <legend>{t('members')}</legend>
      {rows.map(({ id, description, restsOn, byDefault, importable }) => {
        const member = spec.members.find(each => each.id === id);
        const role = restsOn === 'declaration' ? ({ role: 'evidence' } as const) : {};
        return (
          <div key={id} class="member">
            <label class="check">
              <input
                type="checkbox"
                checked={member !== undefined}
                onChange={event => put(id, event.currentTarget.checked ? { id, weight: 1, ...role } : null)}
              />
              <span>
                <strong>{id}</strong> <span class="quiet">{description}</span>
                {!byDefault && importable && <span class="hint">{t('member-when-chosen')}</span>}
              </span>
            </label>
            {member && (
              <>
                <NumberField label={t('weight')} value={member.weight} step={0.1} onChange={weight => put(id, { ...member, weight })} />
                <label class="field">
                  <span>{t('role')}</span>
                  <select
                    value={member.role ?? 'vote'}
                    onChange={event => {
                      const { role: _, ...rest } = member;
                      put(id, event.currentTarget.value === 'evidence' ? { ...rest, weight: Math.max(0, rest.weight), role: 'evidence' } : rest);
                    }}
                  >
                    <option value="vote">{t('role-vote')}</option>
                    <option value="evidence">{t('role-evidence')}</option>
                  </select>
                </label>
              </>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
