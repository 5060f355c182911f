import { messageOf } from '@syntrace/core';
import type { Findings } from '../finding.js';
import { weightOf } from '../signs/checks.js';
import type { Declaration, Sign } from '../signs/sign.js';
import { historyOf } from './history.js';
import { type CredentialStatus, failuresOf, ingredientFailuresOf, isOtherPicture, statusOf, VERIFIED } from './status.js';
import { asRecord, asText, type Store } from './store.js';

/** Content Credentials of a file: who signed what, and whether it holds. */
export interface Credential {
  readonly status: CredentialStatus;
  readonly declares: Declaration;
  readonly generator: string | null;
  readonly signer: {
    readonly name: string | null;
    readonly issuer: string | null /** ISO date and time of the time stamp or claim. */;
    readonly time: string | null;
  };
  /** One sentence that says what the status means here. */
  readonly statement: string;
  /** What was done to the picture, by the manifest's account. */
  readonly history: readonly string[];
  /** Validation codes of the C2PA specification that failed. */
  readonly failures: readonly string[];
}

/** Log-odds of a declaration that a signature protects: with a signer whom the user trusts, and with one who only vouches for itself. */
const WEIGHTS: Readonly<Partial<Record<CredentialStatus, number>>> = { valid: 10, untrusted: 6 };

/** @param voucher  who trusts the signer of a valid one, for people */
export function credentialOf(store: Store, voucher: string): Credential {
  const status = statusOf(store);
  const { declares, generator, statements } = historyOf(store);
  const active = asRecord(asRecord(store.manifests)[String(store.active_manifest)]);
  const { common_name, issuer, time } = asRecord(active.signature_info);
  const signer = { name: asText(common_name), issuer: asText(issuer), time: asText(time) };
  const failures = failuresOf(store);
  const inner = ingredientFailuresOf(store);
  const history = inner.length > 0 ? [...statements, `the credential of an ingredient does not hold (${[...new Set(inner)].join(', ')})`] : statements;
  return { status, declares, generator, signer, statement: statementOf(status, failures, signer, voucher), history, failures };
}

/** A manifest that is there and cannot be read. */
export function unreadable(error: unknown, findings: Findings): Credential {
  const message = `the Content Credentials cannot be read: ${messageOf(error).slice(0, 300)}`;
  findings.add('C2PA_UNREADABLE', message);
  return {
    status: 'unreadable',
    declares: 'none',
    generator: null,
    signer: { name: null, issuer: null, time: null },
    statement: message,
    history: [],
    failures: [],
  };
}

/** A broken credential proves nothing, so it declares nothing. */
export function signOfCredential({ status, declares, generator, statement }: Credential): Sign {
  const weight = WEIGHTS[status];
  return {
    id: 'c2pa',
    kind: 'c2pa',
    generator,
    verified: VERIFIED[status],
    declares: weight === undefined ? 'none' : declares,
    weight: weight === undefined ? 0 : weightOf(declares, weight),
    place: 'manifest',
    statement,
    details: {},
  };
}

function statementOf(status: CredentialStatus, failures: readonly string[], { name, issuer }: Credential['signer'], voucher: string): string {
  const who = [name, issuer && issuer !== name && `(${issuer})`].filter(Boolean).join(' ') || 'an unnamed signer';
  switch (status) {
    case 'valid':
      return `Content Credentials signed by ${who}, intact, by a signer vouched for by ${voucher}`;
    case 'untrusted':
      return `Content Credentials signed by ${who}, intact; no trust anchor that was given vouches for the signer, so the name is only claimed`;
    case 'expired':
      return `Content Credentials of ${who}: the certificate was not valid when they were signed, or it has run out and no time stamp says when that was`;
    case 'revoked':
      return `Content Credentials of ${who}: the certificate was revoked`;
    case 'unreadable':
      return 'Content Credentials that cannot be judged';
    case 'tampered':
      return isOtherPicture(failures)
        ? `Content Credentials of ${who} do not fit this picture: it was changed after signing, or they were taken from another one`
        : `Content Credentials of ${who} are damaged or forged (${failures.slice(0, 5).join(', ')})`;
  }
}
