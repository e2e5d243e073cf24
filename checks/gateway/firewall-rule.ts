import type { AddressSet } from '../../model/aws/address-set.ts';
import type { RuleOption, Term } from '../../model/aws/suricata.ts';
import type { Path } from '../../model/resource.ts';
import type { Hidden } from '../../model/value.ts';
import type { HostMatch } from './host-match.ts';

/** A rule that lets packets through, however it is written. */
export interface PassingRule {
  /** For messages: `pass tls any any -> any any`. */
  readonly label: string;
  /** The whole of it, which the label may cut: an approval is for this rule and not for one that begins like it. */
  readonly written: string;
  readonly path: Path;
  /** It lets packets past the stateful rules. */
  readonly isStateless: boolean;
  readonly source: AddressSet | Hidden;
  readonly destination: AddressSet | Hidden;
  readonly isBothWays: boolean;
  readonly hosts: HostMatch;
  /** For connections that are not established yet. */
  readonly isHandshake: boolean;
  /** Names of hosts in it must not be shown. */
  readonly isSensitive: boolean;
}

/** A list of domains, from which Network Firewall makes the rules. */
export interface DomainList {
  readonly path: Path;
  /** `ALLOWLIST`, `DENYLIST`, ... */
  readonly type: string | Hidden | null;
  readonly targets: readonly { readonly domain: string; readonly isSensitive: boolean }[];
  readonly open: readonly Hidden[];
}

/** What a part of a rule group lets through, and what hides more of it. */
export interface RulePart {
  readonly passing: readonly PassingRule[];
  readonly open: readonly Hidden[];
}

/** The addresses of both ends, with the variables of the group. */
export type Ends = (source: Term, destination: Term) => Pick<PassingRule, 'source' | 'destination'>;

/** Actions that let no packet through. */
export const HARMLESS: ReadonlySet<string> = new Set([
  'drop',
  'reject',
  'rejectsrc',
  'rejectdst',
  'rejectboth',
  'alert',
]);

/** Where a rule group holds its rules, but for those in the older argument `rules`. */
export const SOURCE = ['rule_group', 'rules_source'] as const;

/** A rule with its options, unless they must not be shown. */
export function writtenRule(header: string, options: readonly RuleOption[], isSensitive: boolean): string {
  if (isSensitive) return '(sensitive)';
  const parts = options.map(({ name, value }) =>
    value === null
      ? name
      : `${name}:${value.isNegated ? '!' : ''}${value.isQuoted ? JSON.stringify(value.text) : value.text}`,
  );
  return `${header} (${parts.join('; ')})`;
}

/** Rules may be long; a message shows how they begin. */
export function clip(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`;
}
