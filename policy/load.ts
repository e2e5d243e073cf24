import { type PlainDocument, readDocument } from './document.ts';
import { DEFAULT_EXCEPTION_DAYS, rulesOf, rulesWithin } from './exception-limits.ts';
import { checkExceptions, checkNeverExcepted } from './exception-rules.ts';
import { WHOLE_STACK } from './exceptions.ts';
import { flowEnd } from './flow-end.ts';
import { checkNetwork } from './network-rules.ts';
import { Part } from './part.ts';
import type { ExceptionDocument, PolicyDocument } from './policy-document.ts';
import type { Exception, Policy } from './policy.ts';
import { type PolicyProblem, sortProblems } from './problem.ts';
import { checkPeriods, checkReferences } from './reference-rules.ts';
import { checkSites } from './site-rules.ts';
import { schema as exceptionsSchema, validate as validateExceptions } from './validate-exceptions.generated.ts';
import { schema as policySchema, validate as validatePolicy } from './validate-policy.generated.ts';
import { validateDocument } from './validation.ts';

export interface PolicySource {
  /** As messages print it: relative to the run, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Ids of the controls that exist. */
  readonly controlIds: Iterable<string>;
}

export type PolicyResult =
  | { readonly kind: 'policy'; readonly policy: Policy }
  /** Every error of the file at once, in the order of the file. */
  | { readonly kind: 'refused'; readonly problems: readonly PolicyProblem[] };

/** Reads `enclave.yaml`. A policy with any error is refused whole. */
export function loadPolicy({ path, text, controlIds }: PolicySource): PolicyResult {
  const reading = readDocument(path, text);
  if (reading.kind === 'unreadable') return { kind: 'refused', problems: sortProblems(reading.problems) };
  const { document } = reading;
  const root = new Part(document);
  const rules = rulesWithin(root, controlIds);
  const problems = [
    ...reading.problems,
    ...validateDocument(document, validatePolicy, policySchema),
    ...checkSites(root),
    ...checkReferences(root),
    ...checkNetwork(root),
    ...checkPeriods(root.at('jurisdiction').items('countries'), 'since', 'expires'),
    ...checkPeriods(root.items('evidence'), 'issued', 'expires'),
    ...checkNeverExcepted(root.at('gate'), rules),
    ...checkExceptions(root.items('exceptions'), rules),
  ];
  if (problems.length > 0) return { kind: 'refused', problems: sortProblems(problems) };
  // The validator found nothing, so the document has the form of its schema, which `PolicyDocument` repeats.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- validated just above
  return { kind: 'policy', policy: policyOf(document.root as PolicyDocument, document) };
}

export interface ExceptionsSource extends PolicySource {
  /** The policy that the exceptions are for: its stacks, its longest duration. */
  readonly policy: Policy;
}

export type ExceptionsResult =
  | { readonly kind: 'exceptions'; readonly exceptions: readonly Exception[] }
  | { readonly kind: 'refused'; readonly problems: readonly PolicyProblem[] };

/** Reads a file of exceptions, as `--exceptions` names it. */
export function loadExceptions({ path, text, controlIds, policy }: ExceptionsSource): ExceptionsResult {
  const reading = readDocument(path, text);
  if (reading.kind === 'unreadable') return { kind: 'refused', problems: sortProblems(reading.problems) };
  const { document } = reading;
  const problems = [
    ...reading.problems,
    ...validateDocument(document, validateExceptions, exceptionsSchema),
    ...checkExceptions(new Part(document).items('exceptions'), rulesOf(policy, controlIds)),
  ];
  if (problems.length > 0) return { kind: 'refused', problems: sortProblems(problems) };
  // As above: the validator found nothing.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- validated just above
  const { exceptions } = document.root as { readonly exceptions: readonly ExceptionDocument[] };
  return { kind: 'exceptions', exceptions: exceptionsOf(exceptions, document) };
}

const DEFAULT_ROTATION_DAYS = 365;
/** The longest wait that AWS KMS knows. */
const DEFAULT_DELETION_DAYS = 30;
/** SSH, remote desktop, and Windows remote management without and with TLS. */
const DEFAULT_ADMIN_PORTS = [22, 3389, 5985, 5986];

function policyOf(document: PolicyDocument, places: PlainDocument): Policy {
  const { keys, network, gate } = document;
  return {
    version: 1,
    name: document.name,
    description: document.description ?? '',
    partition: document.partition ?? 'aws',
    jurisdiction: {
      ...document.jurisdiction,
      countries: document.jurisdiction.countries.map((country) => ({ ...country, expires: country.expires ?? null })),
    },
    sites: document.sites.map((site) => ({
      ...site,
      role: site.role ?? 'data-centre',
      zoneIds: site.zoneIds ?? [],
      outposts: site.outposts ?? [],
      supportingPlaces: site.supportingPlaces ?? [],
    })),
    stacks: document.stacks.map(({ name, sites, optional }) => ({ name, sites, isOptional: optional ?? false })),
    dataClasses: document.dataClasses.map(({ id, description, restricted }) => ({
      id,
      description,
      isRestricted: restricted,
    })),
    tags: document.tags,
    tiers: document.tiers,
    globalServices: document.globalServices ?? [],
    keys: {
      register: keys?.register ?? [],
      maximumRotationDays: keys?.maximumRotationDays ?? DEFAULT_ROTATION_DAYS,
      minimumDeletionDays: keys?.minimumDeletionDays ?? DEFAULT_DELETION_DAYS,
      sharing: keys?.sharing ?? [],
      custody: keys?.custody ?? [],
      uploads: keys?.uploads ?? [],
    },
    network: {
      approvedPeers: network?.approvedPeers ?? [],
      publicAccessExclusions: network?.publicAccessExclusions ?? [],
      publicAddresses: network?.publicAddresses ?? [],
      organisation: network?.organisation ?? null,
      outside: (network?.outside ?? []).map((outside) => ({
        ...outside,
        domains: outside.domains ?? [],
        customerGateways: outside.customerGateways ?? [],
        locations: outside.locations ?? [],
      })),
      flows: (network?.flows ?? []).map((flow) => ({
        ...flow,
        from: flowEnd(flow.from),
        to: flowEnd(flow.to),
        port: flow.port ?? null,
      })),
      links: network?.links ?? [],
      principals: network?.principals ?? [],
      endpointServices: network?.endpointServices ?? [],
      separatedTiers: network?.separatedTiers ?? [],
      adminPorts: network?.adminPorts ?? DEFAULT_ADMIN_PORTS,
    },
    gateways: (document.gateways ?? []).map(({ tlsInspection, tlsDecision, ...gateway }) => ({
      ...gateway,
      image: gateway.image ?? null,
      tlsWaiver: tlsInspection === 'waived' ? (tlsDecision ?? null) : null,
    })),
    tls: {
      securityPolicies: document.tls?.securityPolicies ?? [],
      forwardSecrecy: document.tls?.forwardSecrecy ?? false,
      clientCertificates: document.tls?.clientCertificates ?? [],
      authorities: document.tls?.authorities ?? null,
    },
    state: document.state ?? { backends: ['s3'] },
    monitor: document.monitor ?? null,
    evidence: document.evidence ?? [],
    gate: {
      unprovenBlocksChange: gate?.unprovenBlocksChange ?? [],
      maximumExceptionDays: gate?.maximumExceptionDays ?? DEFAULT_EXCEPTION_DAYS,
      maximumExceptionDaysFor: gate?.maximumExceptionDaysFor ?? {},
      neverExcepted: gate?.neverExcepted ?? [],
    },
    resourceTypes: (document.resourceTypes ?? []).map((entry) => ({ ...entry, classes: entry.classes ?? [] })),
    exceptions: exceptionsOf(document.exceptions ?? [], places),
    locate: (pointer) => places.locate(pointer),
  };
}

function exceptionsOf(exceptions: readonly ExceptionDocument[], places: PlainDocument): readonly Exception[] {
  return exceptions.map(({ address, fingerprint, scope: _scope, ...exception }, index) => ({
    ...exception,
    address: address ?? WHOLE_STACK,
    fingerprint: fingerprint ?? null,
    location: places.locate(`/exceptions/${index}`),
  }));
}
