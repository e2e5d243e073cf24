import type { Resource } from '../../../model/resource.ts';
import { asString, display, isHidden } from '../../../model/value.ts';
import type { Outcome } from '../../check.ts';
import { evidenceFor } from '../../evidence.ts';
import { asPossible } from '../../site-settings.ts';
import { exposureOf, SUBNET_TYPES } from '../../subnet-tier.ts';
import type { LinkInspection } from './link-messages.ts';

export const CONTROL = 'aws_vpc_encryption_control';

/** Ways to networks where AWS encrypts nothing: a VPC with a gateway of the site needs them, and no other. */
const WAYS_OUT = [
  'egress_only_internet_gateway_exclusion',
  'internet_gateway_exclusion',
  'nat_gateway_exclusion',
] as const;

/**
 * What must not be excluded anywhere. File systems may be: what hardware does not encrypt there TLS does, which ENC-002
 * and ENC-011 demand of every file system and mount.
 */
const ALWAYS = [
  'lambda_exclusion',
  'virtual_private_gateway_exclusion',
  'vpc_lattice_exclusion',
  'vpc_peering_exclusion',
] as const;

/** Whether AWS drops every packet inside a VPC that its hardware does not encrypt. */
export function judgeVpc(vpc: Resource, inspection: LinkInspection): Outcome {
  const { estate, all, fail, unproven } = inspection;
  const { items, open } = estate.companions(vpc, CONTROL, 'vpc_id');
  const hidden = open.map(({ value }) => unproven(value));
  const certain = items.filter(({ init }) => !init.isSymbolic);
  const judged = items.map((control) => {
    const outcome = judgeControl(control, vpc, inspection);
    return control.init.isSymbolic ? asPossible(outcome, control, inspection) : outcome;
  });
  if (certain.length > 0) return all([...judged, ...hidden]);
  if (items.length > 0) return unproven(`has ${CONTROL} with a count or for_each that only the plan knows`);
  if (hidden.length > 0) return all(hidden);
  if (isOnRack(vpc, inspection)) return judgeRack(vpc, inspection);
  const set = [
    { path: ['mode'], to: "'enforce'" },
    { path: ['vpc_id'], to: 'vpc.id' },
  ];
  return fail({ remedy: { of: CONTROL, set } }, 'unenforced');
}

/** Hardware on a rack of the customer does not encrypt for AWS's control, so other means have to be attested. */
function judgeRack({ stack, address }: Resource, inspection: LinkInspection): Outcome {
  const evidence = evidenceFor('network-encryption', [`${stack}:${address}`], inspection);
  if (typeof evidence !== 'string') return inspection.pass();
  return inspection.unproven(`is on an Outposts rack, whose encryption no argument shows: ${evidence}`);
}

function isOnRack(vpc: Resource, { estate }: LinkInspection): boolean {
  return SUBNET_TYPES.flatMap((type) => estate.companions(vpc, type, 'vpc_id').items).some(
    (subnet) => estate.place(subnet).outpost.kind !== 'null',
  );
}

function judgeControl(control: Resource, vpc: Resource, inspection: LinkInspection): Outcome {
  const { all, pass, fail, unproven } = inspection;
  const path = ['mode'];
  const value = control.attribute(...path);
  const mode = asString(value);
  if (isHidden(mode)) return unproven(mode);
  if (mode !== 'enforce') {
    const remedy = { of: control, set: [{ path, to: "'enforce'" }] };
    const at = { value, related: [control], location: control.locate(...path), remedy };
    return fail(at, 'watched', { control: control.address, mode: display(value) });
  }
  const isGateway = facesOutside(vpc, inspection);
  return all([
    ...ALWAYS.map((argument) => judgeExclusion(control, argument, inspection)),
    ...WAYS_OUT.map((argument) => {
      const outcome = judgeExclusion(control, argument, inspection);
      if (outcome.verdict === 'pass' || isGateway === true) return pass();
      return isGateway === false ? outcome : unproven(isGateway);
    }),
  ]);
}

function judgeExclusion(control: Resource, argument: string, { pass, fail, unproven }: LinkInspection): Outcome {
  const value = control.attribute(argument);
  const state = asString(value);
  if (isHidden(state)) return unproven(state);
  // Omitted, nothing is excluded.
  if (state === null || state === 'disable') return pass();
  const remedy = { of: control, set: [{ path: [argument], to: "'disable'" }] };
  const at = { value, related: [control], location: control.locate(argument), remedy };
  return fail(at, 'excluded', { control: control.address, argument });
}

/** Whether some subnet of a VPC is of a tier that may face outside; what hides it where that is not known. */
function facesOutside(vpc: Resource, { estate, policy }: LinkInspection): boolean | string {
  const found = SUBNET_TYPES.map((type) => estate.companions(vpc, type, 'vpc_id'));
  const exposures = found.flatMap(({ items }) => items).map((subnet) => exposureOf(subnet, policy));
  if (exposures.includes('gateway')) return true;
  const isHiding = exposures.some(isHidden) || found.some(({ open }) => open.length > 0);
  return isHiding ? 'excludes ways out, and whether a subnet of it is of a gateway is not known' : false;
}
