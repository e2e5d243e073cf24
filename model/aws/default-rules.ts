import { asString, isHidden, type Value } from '../value.ts';

/** What an omitted argument means. */
export type Default =
  | { readonly kind: 'value'; readonly value: boolean | string | number | null; readonly source: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** The value of another argument or block of the same resource, by dotted path; null when omitted. */
export type Given = (path: string) => Value;

/** A default, or the rule that gives it: some depend on the provider's major or on other arguments. */
export type DefaultRow = Default | DefaultRule;
type DefaultRule = (major: number | null, given: Given) => Default;

/** Sources of the rows. Measured: what `terraform plan` shows for a minimal resource. */
export const MEASURED = 'terraform plan with hashicorp/aws 5.100.0 plans this value when the argument is omitted';
export const UPGRADE = 'Terraform AWS Provider Version 6 Upgrade Guide';

export function fixed(value: boolean | string | number | null, source: string = MEASURED): Default {
  return { kind: 'value', value, source };
}

export function open(why: string): Default {
  return { kind: 'unknown', why };
}

/** Majors before 6 and from 6 on differ; without a fixed major both could apply. */
export function byMajor(before: Default, from6: Default): DefaultRule {
  return (major) => {
    if (major === null) return open('provider 5 and 6 differ here, and the version constraint allows both');
    return major < 6 ? before : from6;
  };
}

/** The row holds unless one of these arguments is set (or might be), because it brings its own value. */
export function unless(paths: readonly string[], row: DefaultRow): DefaultRule {
  return (major, given) => {
    const set = paths.find((path) => given(path).kind !== 'null');
    if (set === undefined) return typeof row === 'function' ? row(major, given) : row;
    return open(`${set} brings its own value or may do so`);
  };
}

/** One meaning where the enclosing block is written without the argument, another where the block is missing. */
export function inBlock(block: string, written: Default, missing: Default): DefaultRule {
  return (_major, given) => {
    const value = given(block);
    if (isHidden(value)) return open(`whether the block ${block} is there is not known`);
    const isMissing = value.kind === 'null' || (value.kind === 'list' && value.items.length === 0);
    return isMissing ? missing : written;
  };
}

/** The row of the value that another argument has; `omitted` stands for its absence. */
export function byArgument(path: string, rows: Readonly<Record<string, Default>>, omitted: Default): DefaultRule {
  const byValue = new Map(Object.entries(rows));
  return (_major, given) => {
    const text = asString(given(path));
    if (text === null) return omitted;
    if (isHidden(text)) return open(`${path} is not known`);
    return byValue.get(text) ?? open(`no default is documented for ${path} ${JSON.stringify(text)}`);
  };
}
