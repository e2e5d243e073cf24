import type {
  AllowedCountry,
  ClassifiedType,
  DataClass,
  DeclaredFlow,
  Evidence,
  Exception,
  ExceptionDays,
  Gateway,
  GlobalService,
  KeyRules,
  Monitor,
  NetworkRules,
  OutsideNetwork,
  Site,
  StateRules,
  SupportingPlace,
  Tier,
  TlsRules,
} from './policy.ts';

/** `enclave.yaml` as its JSON Schema admits it: what has a default may be left out. */
export interface PolicyDocument {
  readonly version: 1;
  readonly name: string;
  readonly description?: string;
  readonly partition?: string;
  readonly jurisdiction: {
    readonly set: string;
    readonly source: string;
    readonly countries: readonly (Omit<AllowedCountry, 'expires'> & { readonly expires?: string })[];
  };
  readonly sites: readonly (Omit<Site, 'role' | 'zoneIds' | 'outposts' | 'supportingPlaces'> & {
    readonly role?: Site['role'];
    readonly zoneIds?: readonly string[];
    readonly outposts?: readonly string[];
    readonly supportingPlaces?: readonly SupportingPlace[];
  })[];
  readonly stacks: readonly {
    readonly name: string;
    readonly sites: readonly string[];
    readonly optional?: boolean;
  }[];
  readonly dataClasses: readonly (Omit<DataClass, 'isRestricted'> & { readonly restricted: boolean })[];
  readonly tags: { readonly dataClass: string; readonly site: string; readonly tier: string };
  readonly tiers: readonly Tier[];
  readonly globalServices?: readonly GlobalService[];
  readonly keys?: Partial<KeyRules>;
  readonly network?: Partial<Omit<NetworkRules, 'organisation' | 'outside' | 'flows'>> & {
    readonly organisation?: string;
    readonly outside?: readonly OutsideDocument[];
    readonly flows?: readonly FlowDocument[];
  };
  readonly gateways?: readonly GatewayDocument[];
  readonly tls?: Pick<TlsRules, 'securityPolicies'> &
    Partial<Omit<TlsRules, 'authorities'>> & { readonly authorities?: readonly string[] };
  readonly state?: StateRules;
  readonly monitor?: Monitor;
  readonly evidence?: readonly Evidence[];
  readonly gate?: {
    readonly unprovenBlocksChange?: readonly ('low' | 'medium' | 'high' | 'critical')[];
    readonly maximumExceptionDays?: number;
    readonly maximumExceptionDaysFor?: ExceptionDays;
    readonly neverExcepted?: readonly string[];
  };
  readonly resourceTypes?: readonly (Omit<ClassifiedType, 'classes'> & Partial<ClassifiedType>)[];
  readonly exceptions?: readonly ExceptionDocument[];
}

type OutsideDocument = Pick<OutsideNetwork, 'id' | 'kind' | 'cidrs' | 'reason'> & Partial<OutsideNetwork>;

export type FlowDocument = Omit<DeclaredFlow, 'from' | 'to' | 'port'> & {
  readonly from: string;
  readonly to: string;
  readonly port?: number;
};

export type GatewayDocument = Omit<Gateway, 'tlsWaiver' | 'image'> & {
  readonly image?: string;
  readonly tlsInspection?: 'required' | 'waived';
  readonly tlsDecision?: string;
};

/** An exception as it is written: an address, or `scope: stack`. */
export type ExceptionDocument = Omit<Exception, 'address' | 'fingerprint' | 'location'> & {
  readonly address?: string;
  readonly fingerprint?: string;
  readonly scope?: 'stack';
};
