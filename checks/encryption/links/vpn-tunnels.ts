import type { Resource } from '../../../model/resource.ts';
import { asItems, asNumber, asString, isHidden, shown, type Value } from '../../../model/value.ts';
import type { Outcome } from '../../check.ts';
import type { LinkInspection } from './link-messages.ts';

/** A parameter of a tunnel: AWS accepts every one of the list, and all it knows where there is none. */
interface Parameter {
  readonly name: string;
  readonly strong: readonly string[];
}

const CIPHERS = ['AES256', 'AES256-GCM-16'];
const DIGESTS = ['SHA2-256', 'SHA2-384', 'SHA2-512'];
/** RFC 8247 says of the groups from 22 to 24 that they should not be used, or must not. */
const GROUPS = ['14', '15', '16', '17', '18', '19', '20', '21'];

const PARAMETERS: readonly Parameter[] = [
  { name: 'ike_versions', strong: ['ikev2'] },
  { name: 'phase1_encryption_algorithms', strong: CIPHERS },
  { name: 'phase1_integrity_algorithms', strong: DIGESTS },
  { name: 'phase1_dh_group_numbers', strong: GROUPS },
  { name: 'phase2_encryption_algorithms', strong: CIPHERS },
  { name: 'phase2_integrity_algorithms', strong: DIGESTS },
  { name: 'phase2_dh_group_numbers', strong: GROUPS },
];

/** Whether both tunnels of a connection accept strong parameters only. */
export function judgeTunnels(connection: Resource, inspection: LinkInspection): Outcome {
  const outcomes = ['tunnel1', 'tunnel2'].flatMap((tunnel) =>
    PARAMETERS.map((parameter) => judgeParameter(connection, `${tunnel}_${parameter.name}`, parameter, inspection)),
  );
  return inspection.all(outcomes);
}

function judgeParameter(
  connection: Resource,
  argument: string,
  { strong }: Parameter,
  { all, pass, fail, unproven }: LinkInspection,
): Outcome {
  const path = [argument];
  const value = connection.attribute(...path);
  const remedy = { set: [{ path, to: listOf(strong) }] };
  if (value.kind === 'null' || (value.kind === 'list' && value.items.length === 0)) {
    return fail({ path, remedy }, 'anything', { argument });
  }
  const { items, open } = asItems(value);
  const outcomes = items.map((item) => {
    const text = textOf(item);
    if (isHidden(text)) return unproven(text);
    if (strong.includes(text)) return pass();
    return fail({ path, value, remedy }, 'weak', { argument, value: shown(text, item) });
  });
  return all([...outcomes, ...open.map((item) => unproven(item))]);
}

function textOf(item: Value) {
  const number = item.kind === 'number' ? asNumber(item) : null;
  if (number !== null) return isHidden(number) ? number : String(number);
  return asString(item) ?? '';
}

function listOf(strong: readonly string[]): string {
  const best = strong.slice(-1).map((one) => (/^\d+$/.test(one) ? one : `'${one}'`));
  return `[${best.join(', ')}]`;
}
