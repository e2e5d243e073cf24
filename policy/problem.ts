import { compareText } from '../model/text-order.ts';
import { formatLocation, type SourceLocation } from '../model/source.ts';

/** Every way in which a policy or an exceptions file is refused. Public, never reused. */
export const POLICY_ERROR_CODES = [
  'PO-TOOLARGE',
  'PO-EMPTY',
  'PO-PARSE',
  'PO-DEPTH',
  'PO-ALIAS',
  'PO-TAG',
  'PO-KEY',
  'PO-DUPKEY',
  'PO-UNKNOWNKEY',
  'PO-MISSING',
  'PO-TYPE',
  'PO-VALUE',
  'PO-DUPID',
  'PO-REFERENCE',
  'PO-CONTROL',
  'PO-COUNTRY',
  'PO-REGION',
  'PO-PARTITION',
  'PO-REGIONCOUNTRY',
  'PO-ZONE',
  'PO-ACCOUNT',
  'PO-OUTPOST',
  'PO-SHARED',
  'PO-PLACE',
  'PO-DATE',
  'PO-PERIOD',
  'PO-APPROVER',
  'PO-SCOPE',
  'PO-NOTSTARTED',
  'PO-EXPIRED',
  'PO-FINGERPRINT',
  'PO-UNUSED',
] as const;

export type PolicyErrorCode = (typeof POLICY_ERROR_CODES)[number];

/** One error of a policy or exceptions file, in the parts that every output prints. */
export interface PolicyProblem {
  readonly code: PolicyErrorCode;
  readonly location: SourceLocation;
  /** What was found, as a clause. */
  readonly what: string;
  /** Why it is refused, as a clause. */
  readonly why: string;
  /** What to do, as an imperative sentence. */
  readonly fix: string;
}

const WHY = {
  'PO-TOOLARGE': 'a policy is written and reviewed by people, and reading it must end soon',
  'PO-EMPTY': 'without a policy nothing can be judged, and an empty one must not let everything pass',
  'PO-PARSE': 'a file that is read in part would judge in part',
  'PO-DEPTH': 'no part of a policy nests this deep',
  'PO-ALIAS': 'anchors, aliases and merge keys make a value stand far from where reviewers read it',
  'PO-TAG': 'a tag changes the meaning of the text that reviewers read',
  'PO-KEY': 'keys of a policy are plain strings',
  'PO-DUPKEY': 'one of the two values would be lost',
  'PO-UNKNOWNKEY': 'a misspelt key would leave its rule out',
  'PO-MISSING': 'its absence has no safe meaning',
  'PO-TYPE': 'the value cannot be read as what it should be',
  'PO-VALUE': 'the value is outside what is allowed here',
  'PO-DUPID': 'two entries of one name cannot be told apart in a report',
  'PO-REFERENCE': 'a rule about something that is not there protects nothing',
  'PO-CONTROL': 'an exception from a control that is not there hides a mistake',
  'PO-COUNTRY': 'only countries of ISO 3166-1 have a jurisdiction to judge by',
  'PO-REGION': 'a Region that is not in the tables has no known country',
  'PO-PARTITION': 'the site would lie outside the partition of the policy',
  'PO-REGIONCOUNTRY': 'data of the site would rest in another country than the policy says',
  'PO-ZONE': 'a zone of another Region is another place',
  'PO-ACCOUNT': 'AWS account ids are 12 digits, and YAML reads an unquoted one as a number',
  'PO-OUTPOST': 'an Outpost is named by its ARN, which carries its Region and account',
  'PO-SHARED': 'sites that share a place are one failure domain under two names',
  'PO-PLACE': 'a data centre without a pinned place cannot be proved to be anywhere',
  'PO-DATE': 'a date that cannot be read never expires',
  'PO-PERIOD': 'a period that ends before it starts, or lasts too long, never was approved',
  'PO-APPROVER': 'nobody approves an exception for themselves',
  'PO-SCOPE': 'an exception permits exactly what was approved and no more',
  'PO-NOTSTARTED': 'an exception applies only from its first day',
  'PO-EXPIRED': 'an expired exception permits nothing',
  'PO-FINGERPRINT': 'what was approved is one failure, and not whatever fails there later',
  'PO-UNUSED': 'an exception without a failure is a permission that nobody needs',
} as const satisfies { readonly [code in PolicyErrorCode]: string };

/** A problem with the reason that its code always has. Text of the file may stand in `what` and `fix`. */
export function problem(code: PolicyErrorCode, location: SourceLocation, what: string, fix: string): PolicyProblem {
  return { code, location, what: printable(what), why: WHY[code], fix: printable(fix) };
}

export function formatPolicyProblem({ code, location, what, why, fix }: PolicyProblem): string {
  return `${code} ${formatLocation(location)} ${what}; ${why}. Fix: ${fix}`;
}

/** By place in the file, then code: the order in which people correct them. */
export function sortProblems(problems: readonly PolicyProblem[]): readonly PolicyProblem[] {
  return problems.toSorted(
    (a, b) =>
      compareText(a.location.file, b.location.file) ||
      a.location.line - b.location.line ||
      a.location.column - b.location.column ||
      compareText(a.code, b.code) ||
      compareText(a.what, b.what),
  );
}

const LONGEST_MESSAGE = 400;

/** Control, format and unassigned characters as escapes, so that no message acts on a terminal; cut when long. */
function printable(text: string): string {
  const cut = text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text;
  return cut.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });
}
