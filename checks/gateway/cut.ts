import type { Resource } from '../../model/resource.ts';
import type { Hidden } from '../../model/value.ts';
import { ask } from '../../proofs/network/ask.ts';
import type { Finding, Place, Question, Removal } from '../../proofs/network/question.ts';
import type { Doubts, Managed, Services, Subnet } from '../../proofs/network/topology.ts';
import { type Enclave, type EnclaveSite, outsidesOf } from './enclave.ts';

/**
 * What is asked of the ways out of a site. `all`: with the gateways of every site taken out. `own`: with those of the
 * site itself, so that passing another's does not count. `internet`: as `all`, and only what reaches the Internet other than
 * by asking for names, which a control of its own judges.
 */
export type Scope = 'all' | 'own' | 'internet';

/** What leaves a site, by the subnet or the compute that it leaves from. */
export type Egress = ReadonlyMap<Subnet | Managed, Finding>;

/** What is found for places, in the order in which they were asked from. */
export type Ways = readonly { readonly from: Place; readonly finding: Finding }[];

/** A subnet of a site, or compute of it, by the resource that makes it. */
export interface Source {
  readonly site: EnclaveSite;
  readonly part: Subnet | Managed;
}

interface Answers {
  readonly sources: ReadonlyMap<Resource, readonly Source[]>;
  readonly egress: Map<string, Egress>;
  /** About the ways out, by scope and site. */
  readonly questions: Map<string, Question>;
  readonly ingress: Map<string, Ways>;
}

const KNOWN = new WeakMap<Enclave, Answers>();

/** Everything but DNS, by TCP and by UDP, on the axis of services. */
const BUT_NAMES: Services = {
  ranges: [
    { first: 0, last: 6 * 65_536 + 52 },
    { first: 6 * 65_536 + 54, last: 17 * 65_536 + 52 },
    { first: 17 * 65_536 + 54, last: 256 * 65_536 - 1 },
  ],
  doubts: [],
};

/**
 * Whether anything leaves a site for the outside, another site or a stranger with the gateways taken out of the network.
 * To take out more of them lets nothing more through, so what is proved with the site's own holds with all.
 */
export function egressOf(site: EnclaveSite, enclave: Enclave, scope: Scope): Egress {
  const { egress } = answersOf(enclave);
  const key = `${scope} ${site.site.id}`;
  const known = egress.get(key);
  if (known !== undefined) return known;
  // What is proved with fewer gateways taken out, or for more ends, is proved.
  const stronger = scope === 'own' ? null : egressOf(site, enclave, scope === 'all' ? 'own' : 'all');
  const isProved = stronger !== null && [...stronger.values()].every(({ kind }) => kind === 'none');
  const found = isProved ? stronger : findEgress(site, enclave, scope);
  egress.set(key, found);
  return found;
}

/** What a resource is in the enclave: usually one subnet, or nothing. */
export function sourcesOf(resource: Resource, enclave: Enclave): readonly Source[] {
  return answersOf(enclave).sources.get(resource) ?? [];
}

function findSources({ sites }: Enclave): ReadonlyMap<Resource, readonly Source[]> {
  const found = new Map<Resource, Source[]>();
  for (const site of sites) {
    for (const part of [...site.inside, ...site.managed]) {
      const { resource } = part.origin;
      const known = resource === null ? undefined : found.get(resource);
      if (known !== undefined) known.push({ site, part });
      else if (resource !== null) found.set(resource, [{ site, part }]);
    }
  }
  return found;
}

/** Whether anything gets into a site from the outside, another site or a stranger with all gateways taken out. */
export function ingressOf(site: EnclaveSite, enclave: Enclave): Ways {
  const { ingress } = answersOf(enclave);
  const known = ingress.get(site.site.id);
  if (known !== undefined) return known;
  const found = answer(ingressQuestion(site, enclave), enclave);
  ingress.set(site.site.id, found);
  return found;
}

function findEgress(site: EnclaveSite, enclave: Enclave, scope: Scope): Egress {
  const found = new Map<Subnet | Managed, Finding>();
  for (const { from, finding } of answer(egressQuestion(site, enclave, scope), enclave)) {
    if (from.kind === 'subnet') found.set(from.subnet, finding);
    if (from.kind === 'managed') found.set(from.managed, finding);
  }
  return found;
}

/** What is found for each place asked from. A way between places of which it is hidden what they are shows nothing. */
export function answer(question: Question, enclave: Enclave): Ways {
  const { findings } = ask(enclave.topology, question);
  const isLoose = findings.some(
    ({ finding }) => finding.kind === 'path' && hiddenOf(finding.trace.to, enclave) !== null,
  );
  // Beside an end that may not count there may be one that does.
  const to = isLoose ? question.to.filter((place) => hiddenOf(place, enclave) === null) : question.to;
  const certain = isLoose ? ask(enclave.topology, { ...question, to }).findings : findings;
  return findings.map(({ from, finding }, index) => {
    const found = certain[index]?.finding ?? finding;
    return { from, finding: settle(found.kind === 'path' ? found : finding, enclave) };
  });
}

function settle(finding: Finding, enclave: Enclave): Finding {
  switch (finding.kind) {
    case 'none':
      return enclave.unseen.length === 0 ? finding : { kind: 'unproven', because: enclave.unseen, trace: null };
    case 'unproven':
      return finding;
    case 'path': {
      const { trace } = finding;
      const because = [trace.from, trace.to].flatMap((place) => hiddenOf(place, enclave) ?? []);
      return because.length === 0 ? finding : { kind: 'unproven', because, trace };
    }
  }
}

function hiddenOf(place: Place, { hidden }: Enclave): Hidden | null {
  if (place.kind === 'subnet') return hidden.get(place.subnet) ?? null;
  return place.kind === 'managed' ? (hidden.get(place.managed) ?? null) : null;
}

/** The question about the ways out of a site. Made once: it names every subnet, and each finding asks for it again. */
export function egressQuestion(site: EnclaveSite, enclave: Enclave, scope: Scope): Question {
  const { questions } = answersOf(enclave);
  const key = `${scope} ${site.site.id}`;
  const known = questions.get(key);
  if (known !== undefined) return known;
  const question: Question = {
    from: [...subnetPlaces(site.inside), ...site.managed.map((managed): Place => ({ kind: 'managed', managed }))],
    to: othersOf(site, enclave).filter((place) => scope !== 'internet' || isInternet(place)),
    without: removalOf(enclave, scope === 'own' ? site : null),
    destinations: null,
    services: scope === 'internet' ? BUT_NAMES : null,
  };
  questions.set(key, question);
  return question;
}

export function ingressQuestion(site: EnclaveSite, enclave: Enclave): Question {
  return {
    from: othersOf(site, enclave),
    to: [...subnetPlaces(site.inside), ...site.managed.map((managed): Place => ({ kind: 'managed', managed }))],
    without: removalOf(enclave, null),
    destinations: null,
    services: null,
  };
}

/** Everything that is not of the site: the outside, the inside of other sites, strangers. */
function othersOf(site: EnclaveSite, enclave: Enclave): readonly Place[] {
  return [
    ...outsidesOf(site, enclave).map((outside): Place => ({ kind: 'outside', outside })),
    ...enclave.sites.filter((other) => other !== site).flatMap(({ inside }) => subnetPlaces(inside)),
    ...subnetPlaces(enclave.strangers),
  ];
}

function isInternet(place: Place): boolean {
  return place.kind === 'outside' && place.outside.kind === 'internet';
}

export function subnetPlaces(subnets: readonly Subnet[]): readonly Place[] {
  return subnets.map((subnet) => ({ kind: 'subnet', subnet }));
}

/** Approved gateways: of one site, or of all when null. Those that are refused inspect nothing and stay. */
export function removalOf({ gateways }: Enclave, site: EnclaveSite | null): Removal {
  const certain = new Set<Resource>();
  const doubtful = new Map<Resource, Doubts>();
  for (const { gateway, approval } of gateways) {
    if (site !== null && gateway.site !== site.site.id) continue;
    if (approval.kind === 'approved') certain.add(approval.resource);
    if (approval.kind === 'doubtful') doubtful.set(approval.resource, approval.because);
  }
  return { certain, doubtful };
}

function answersOf(enclave: Enclave): Answers {
  const known = KNOWN.get(enclave);
  if (known !== undefined) return known;
  const answers: Answers = {
    sources: findSources(enclave),
    egress: new Map(),
    questions: new Map(),
    ingress: new Map(),
  };
  KNOWN.set(enclave, answers);
  return answers;
}
