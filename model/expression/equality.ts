import type { ListValue, ObjectValue, ReferenceValue, TemplateValue, Value } from '../value.ts';
import { compare, parseNumber } from './number.ts';
import { sortedUnique } from './order.ts';
import { isOnlyText, listForm, objectForm } from './type.ts';

/** Whether Terraform finds the values equal; null when the input does not decide it. Types count: `1 != "1"`. */
export function isEqual(left: Value, right: Value): boolean | null {
  if (left.kind === 'null' && right.kind === 'null') return true;
  return compareValues(left, right);
}

/** As `isEqual`, of parts: nulls inside of collections have types of their own, which are not seen. */
function compareValues(left: Value, right: Value): boolean | null {
  if (isSymbol(left) || isSymbol(right)) return compareSymbols(left, right);
  if (left.kind === 'null' || right.kind === 'null') return left.kind === right.kind ? null : false;
  if (left.origin !== undefined || right.origin !== undefined) return compareDeclared(left, right);
  if (left.kind === 'list' && right.kind === 'list') return compareLists(left, right);
  if (left.kind === 'object' && right.kind === 'object') return compareObjects(left, right);
  if ((left.kind === 'list' || left.kind === 'object') && isCollection(right)) {
    return isDeclared(left) || isDeclared(right) ? null : false;
  }
  return comparePrimitives(left, right);
}

function isCollection(value: Value): value is ListValue | ObjectValue {
  return value.kind === 'list' || value.kind === 'object';
}

function isDeclared(value: ListValue | ObjectValue): boolean {
  return (value.kind === 'list' ? listForm(value) : objectForm(value)) === 'declared';
}

function comparePrimitives(left: Value, right: Value): boolean | null {
  if (left.kind === 'string' && right.kind === 'string') return left.value === right.value;
  if (left.kind === 'boolean' && right.kind === 'boolean') return left.value === right.value;
  if (left.kind !== 'number' || right.kind !== 'number') return false;
  const first = parseNumber(left.text);
  const second = parseNumber(right.text);
  if (first === null || second === null || first === 'unsure' || second === 'unsure') return null;
  return compare(first, second) === 0;
}

/** Configured values are converted to the type of their argument, so `443` may really be `"443"`. */
function compareDeclared(left: Value, right: Value): boolean | null {
  if (left.kind === 'list' && right.kind === 'list') return compareLists(left, right);
  if (left.kind === 'object' && right.kind === 'object') return compareObjects(left, right);
  if (isCollection(left) || isCollection(right)) return null;
  if (left.kind !== right.kind) return null;
  const isSame = comparePrimitives(left, right);
  return isSame && !(left.kind === 'string' && isOnlyText(left.value)) ? null : isSame;
}

function isSymbol(value: Value): boolean {
  return value.kind === 'reference' || value.kind === 'template' || value.kind === 'unknown';
}

function compareSymbols(left: Value, right: Value): boolean | null {
  if (left.kind === 'reference' && right.kind === 'reference') return compareReferences(left, right);
  if (left.kind === 'template') return compareTemplate(left, right);
  if (right.kind === 'template') return compareTemplate(right, left);
  return null;
}

/** Types whose `id` AWS makes up anew for every object, so that two objects never share one. */
const UNIQUE_ID_TYPES = new Set([
  'aws_customer_gateway',
  'aws_ec2_transit_gateway',
  'aws_eip',
  'aws_instance',
  'aws_internet_gateway',
  'aws_kms_key',
  'aws_launch_template',
  'aws_nat_gateway',
  'aws_network_acl',
  'aws_network_interface',
  'aws_route_table',
  'aws_security_group',
  'aws_subnet',
  'aws_vpc',
  'aws_vpc_endpoint',
  'aws_vpn_gateway',
]);

const ADDRESS = /^([a-z0-9_]+)\./;

function compareReferences(left: ReferenceValue, right: ReferenceValue): boolean | null {
  const isSameObject = left.target.stack === right.target.stack && left.target.address === right.target.address;
  const isSamePath =
    left.path.length === right.path.length && left.path.every((step, index) => step === right.path[index]);
  if (isSameObject) return isSamePath ? true : null;
  const [, leftType = ''] = ADDRESS.exec(left.target.address) ?? [];
  const [, rightType = ''] = ADDRESS.exec(right.target.address) ?? [];
  const [attribute] = left.path;
  const isIdentity = isSamePath && left.path.length === 1 && (attribute === 'id' || attribute === 'arn');
  return isIdentity && leftType === rightType && UNIQUE_ID_TYPES.has(leftType) ? false : null;
}

function compareTemplate(template: TemplateValue, other: Value): boolean | null {
  switch (other.kind) {
    case 'string':
      return couldBe(template, other.value) ? null : false;
    case 'template':
      return sameParts(template, other) ? true : null;
    case 'reference':
    case 'unknown':
      return null;
    default:
      // A string is never null nor of another type; an argument's own type is not seen, though.
      return other.origin === undefined ? false : null;
  }
}

/** Whether the known text at both ends allows the template to be this text. */
function couldBe({ parts }: TemplateValue, text: string): boolean {
  const known = parts.filter((part) => typeof part === 'string').join('').length;
  const first = parts[0];
  const last = parts.at(-1);
  if (text.length < known) return false;
  if (typeof first === 'string' && !text.startsWith(first)) return false;
  return typeof last !== 'string' || text.endsWith(last);
}

function sameParts(left: TemplateValue, right: TemplateValue): boolean {
  if (left.parts.length !== right.parts.length) return false;
  return left.parts.every((part, index) => {
    const other = right.parts[index];
    if (typeof part === 'string') return part === other;
    if (part.kind !== 'reference' || typeof other !== 'object' || other.kind !== 'reference') return false;
    return compareReferences(part, other) === true;
  });
}

function compareLists(left: ListValue, right: ListValue): boolean | null {
  const leftForm = listForm(left);
  const rightForm = listForm(right);
  if (leftForm === 'declared' || rightForm === 'declared') {
    return isMissingItem(left, right) || isMissingItem(right, left) ? false : null;
  }
  if (leftForm !== rightForm) return false;
  if (leftForm === 'set') return compareSets(left, right);
  if (left.items.length !== right.items.length) return false;
  // The item type of an empty list is not kept.
  if (leftForm === 'list' && left.items.length === 0) return null;
  return all(left.items.map((item, index) => comparePart(item, right.items[index])));
}

/** Sets are compared only when both show all their items; otherwise two of them might be one. */
function compareSets(left: ListValue, right: ListValue): boolean | null {
  const first = sortedUnique(left.items);
  const second = sortedUnique(right.items);
  if (first === null || second === null) return null;
  if (first.length === 0 && second.length === 0) return null;
  if (first.length !== second.length) return false;
  return all(first.map((item, index) => comparePart(item, second[index])));
}

function isMissingItem(left: ListValue, right: ListValue): boolean {
  return left.items.some((item) => right.items.every((other) => compareValues(item, other) === false));
}

function compareObjects(left: ObjectValue, right: ObjectValue): boolean | null {
  const leftForm = objectForm(left);
  const rightForm = objectForm(right);
  const parts = Array.from(left.entries, ([key, item]) => {
    const other = right.entries.get(key);
    return other === undefined ? null : comparePart(item, other);
  });
  if (leftForm === 'declared' || rightForm === 'declared') return parts.includes(false) ? false : null;
  if (leftForm !== rightForm || left.entries.size !== right.entries.size) return false;
  if ([...left.entries.keys()].some((key) => !right.entries.has(key))) return false;
  if (leftForm === 'map' && left.entries.size === 0) return null;
  return all(parts);
}

function comparePart(left: Value, right: Value | undefined): boolean | null {
  return right === undefined ? false : compareValues(left, right);
}

function all(parts: readonly (boolean | null)[]): boolean | null {
  if (parts.includes(false)) return false;
  return parts.includes(null) ? null : true;
}
