import type { Resource } from '../../model/resource.ts';
import { asBoolean, asString, display, isHidden } from '../../model/value.ts';
import type { Outcome } from '../check.ts';
import { exposureOf, SUBNET_TYPES } from '../subnet-tier.ts';
import { accountOf, principalKind } from './registered-principals.ts';
import type { Inspect } from './share-messages.ts';

/** The provider leaves it off unless told otherwise. */
export function judgeShare(share: Resource, { pass, fail, unproven }: Inspect): Outcome {
  const value = share.attribute('allow_external_principals');
  const isOn = asBoolean(value);
  if (isHidden(isOn)) return unproven(isOn);
  return isOn === true ? fail({ path: ['allow_external_principals'], value }, 'external') : pass();
}

/** A subnet of the enclave is for the accounts of its sites alone: whoever has it puts hosts behind the gateways. */
export function judgeSharedResource(association: Resource, inspection: Inspect): Outcome {
  const { estate, policy, all, pass, unproven } = inspection;
  const value = association.attribute('resource_arn');
  const target = estate.resolve(value, SUBNET_TYPES);
  if (target.kind === 'hidden') return unproven(target.value);
  if (target.kind === 'none' || (target.kind === 'outside' && target.text === '')) {
    return unproven('names nothing that is shared');
  }
  if (target.kind === 'outside') {
    return target.text.includes(':subnet/')
      ? unproven(`shares ${display(value)}, a subnet outside the estate`)
      : pass();
  }
  const subnet = target.resource;
  if (!SUBNET_TYPES.some((type) => type === subnet.type)) return pass();
  const exposure = exposureOf(subnet, policy);
  if (isHidden(exposure)) return unproven(exposure);
  if (exposure === 'gateway') return pass();
  const share = estate.resolve(association.attribute('resource_share_arn'), ['aws_ram_resource_share']);
  if (share.kind !== 'resource') return unproven(`shares ${subnet.address} in a share outside the estate`);
  const { items, open } = estate.companions(share.resource, 'aws_ram_principal_association', 'resource_share_arn');
  return all([
    ...items.map((principal) => judgeSubnet(subnet, principal, inspection)),
    ...open.map(({ resource }) => unproven(`may share ${subnet.address} with what ${resource.address} names`)),
  ]);
}

function judgeSubnet(subnet: Resource, association: Resource, { policy, pass, fail, unproven }: Inspect): Outcome {
  const value = association.attribute('principal');
  const text = asString(value);
  if (isHidden(text)) return unproven(text);
  const account = accountOf(text ?? '');
  if (policy.sites.some((site) => site.role === 'data-centre' && site.account === account)) return pass();
  return fail({ related: [subnet, association] }, 'subnet', { subnet: subnet.address, principal: display(value) });
}

export function judgeAccepted(accepter: Resource, { estate, policy, pass, fail, unproven }: Inspect): Outcome {
  const value = accepter.attribute('share_arn');
  const target = estate.resolve(value, ['aws_ram_resource_share']);
  if (target.kind === 'resource' && target.resource.init.mode === 'managed') return pass();
  const text = asString(value);
  if (isHidden(text)) return estate.resolve(value).kind === 'resource' ? pass() : unproven(text);
  const kind = principalKind(text ?? '', policy);
  return kind === 'own' || kind === 'registered'
    ? pass()
    : fail({ path: ['share_arn'], value }, 'accepted', { share: display(value) });
}
