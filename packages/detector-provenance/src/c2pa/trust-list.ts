import { messageOf, SyntraceError } from '@syntrace/core';
import { asList, asRecord, asText, type Json } from './store.js';

/** Certificates of those who are trusted to sign, with who says so and since when. */
export interface TrustList {
  /** As in "vouched for by …". */
  readonly name: string;
  /** ISO date of issue, and of the day by which a newer one was promised; `null` where the list gives none. */
  readonly issued: string | null;
  readonly nextUpdate: string | null;
  /** PEM, one after another. */
  readonly anchors: string;
}

const BEGIN = '-----BEGIN CERTIFICATE-----';
const TRUSTED = /\/trusted$/;

/** Reads anchors in PEM form, or a dated list as the C2PA publishes it (C2PA-TRUST-LIST.json, ETSI TS 119 602), of which services that are no longer trusted are left out.
 *  @throws USAGE when it is neither, or holds no certificate */
export function parseTrustList(text: string): TrustList {
  if (text.includes(BEGIN)) return ownAnchors(text);
  try {
    return publishedList(asRecord(asRecord(JSON.parse(text)).LoTE));
  } catch (error) {
    if (SyntraceError.is(error)) throw error;
    throw new SyntraceError('USAGE', { detail: `no trust list: neither certificates in PEM form nor JSON (${messageOf(error)})` }, error);
  }
}

/** Anchors that the user gave without a date. */
export const ownAnchors = (anchors: string): TrustList => ({ name: 'your trust anchors', issued: null, nextUpdate: null, anchors });

function publishedList({ ListAndSchemeInformation, TrustedEntitiesList }: Json): TrustList {
  const { SchemeName, ListIssueDateTime, NextUpdate } = asRecord(ListAndSchemeInformation);
  const services = asList(TrustedEntitiesList).flatMap(entity => asList(asRecord(entity).TrustedEntityServices));
  const certificates = services.flatMap(certificatesOf);
  if (certificates.length === 0) throw new SyntraceError('USAGE', { detail: 'the trust list names no certificate that is trusted' });
  const issued = asText(ListIssueDateTime)?.slice(0, 10) ?? null;
  const name = asText(asRecord(asList(SchemeName)[0]).value) ?? 'trust list';
  return {
    name: `the ${name}${issued ? ` of ${issued}` : ''}`,
    issued,
    nextUpdate: asText(NextUpdate)?.slice(0, 10) ?? null,
    anchors: certificates.map(base64 => `${BEGIN}\n${base64.replace(/(.{64})/g, '$1\n').trimEnd()}\n-----END CERTIFICATE-----\n`).join(''),
  };
}

function certificatesOf(service: unknown): readonly string[] {
  const { ServiceStatus, ServiceDigitalIdentity } = asRecord(asRecord(service).ServiceInformation);
  if (!TRUSTED.test(asText(ServiceStatus) ?? '')) return [];
  return asList(asRecord(ServiceDigitalIdentity).X509Certificates).flatMap(item => {
    const { val } = asRecord(item);
    return typeof val === 'string' && /^[\w+/=\s]+$/.test(val) ? [val.replace(/\s/g, '')] : [];
  });
}

/** Lists whose promised day of renewal has passed. */
export const overdue = (lists: readonly TrustList[], now = new Date()): readonly TrustList[] =>
  lists.filter(({ nextUpdate }) => nextUpdate !== null && nextUpdate < now.toISOString().slice(0, 10));
