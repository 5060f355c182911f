import type { Verified } from '../signs/sign.js';
import { asList, asRecord, codesOf, type Store } from './store.js';

/** Whether a manifest holds. `tampered`: a hash or signature does not fit the file. `expired`: signed outside the certificate's validity, or
 *  it ran out and no time stamp says when it was signed. `revoked`: taken back by its issuer. `untrusted`: intact, by a signer that no given anchor vouches for. */
export type CredentialStatus = 'valid' | 'untrusted' | 'expired' | 'revoked' | 'tampered' | 'unreadable';

export const VERIFIED: Readonly<Record<CredentialStatus, Verified>> = {
  valid: 'valid',
  untrusted: 'untrusted',
  expired: 'invalid',
  revoked: 'invalid',
  tampered: 'invalid',
  unreadable: 'invalid',
};

const EXPIRED = new Set(['signingCredential.expired', 'claimSignature.outsideValidity', 'timeStamp.outsideValidity']);
const REVOKED = new Set(['signingCredential.ocsp.revoked', 'signingCredential.revoked']);
const UNTRUSTED = new Set(['signingCredential.untrusted', 'signingCredential.ocsp.unknown', 'signingCredential.ocsp.inaccessible', 'timeStamp.untrusted']);

/** The gravest thing that was found (C2PA 2.2 §15, validation codes). */
export function statusOf({ validation_state, validation_results }: Store): CredentialStatus {
  const failures = failuresOf({ validation_results });
  if (failures.some(code => !EXPIRED.has(code) && !REVOKED.has(code) && !UNTRUSTED.has(code))) return 'tampered';
  if (failures.some(code => REVOKED.has(code))) return 'revoked';
  if (failures.some(code => EXPIRED.has(code))) return 'expired';
  if (failures.length > 0) return 'untrusted';
  return validation_state === 'Trusted' ? 'valid' : validation_state === 'Valid' ? 'untrusted' : 'unreadable';
}

/** Codes of what failed in the active manifest. */
export const failuresOf = ({ validation_results }: Store): readonly string[] => codesOf(asRecord(asRecord(validation_results).activeManifest).failure);

/** Whether what failed is the binding to the picture: it was changed after signing, or the manifest belongs to another one. */
export const isOtherPicture = (codes: readonly string[]): boolean =>
  codes.some(code => /^assertion\.(dataHash|bmffHash|boxesHash|collectionHash)\.mismatch$/.test(code));

/** Codes of what failed in the manifests of ingredients, trust apart. */
export function ingredientFailuresOf({ validation_results }: Store): readonly string[] {
  const deltas = asList(asRecord(validation_results).ingredientDeltas);
  return deltas.flatMap(delta => codesOf(asRecord(asRecord(delta).validationDeltas).failure)).filter(code => !UNTRUSTED.has(code));
}
