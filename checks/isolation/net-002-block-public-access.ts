import type { Resource } from '../../model/resource.ts';
import { asString, display, isHidden, shown } from '../../model/value.ts';
import type { Policy, Site } from '../../policy/policy.ts';
import { siteOf } from '../../policy/sites.ts';
import { defineCheck, type Inspection, type Outcome } from '../check.ts';
import { asPossible, judgeSetting, sitesSeen } from '../site-settings.ts';

const OPTIONS = 'aws_vpc_block_public_access_options';
const EXCLUSION = 'aws_vpc_block_public_access_exclusion';

const messages = {
  missing: ({ region, account }: { readonly region: string; readonly account: string }) =>
    `does not block public access to VPCs in ${region} of account ${account}`,
  weak: ({ mode }: { readonly mode: string }) => `has VPC Block Public Access in mode ${mode}`,
  exclusion: ({ excluded, mode }: { readonly excluded: string; readonly mode: string }) =>
    `excludes ${excluded} from VPC Block Public Access (${mode}), which the policy does not register`,
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'NET-002',
  why: 'Block Public Access stands above route tables: while it is on, an Internet gateway that slips in carries nothing.',
  fix: 'Add aws_vpc_block_public_access_options with internet_gateway_block_mode = "block-bidirectional" in the account and Region of the site, and register exclusions under network.publicAccessExclusions.',
  references: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html'],
  resourceTypes: [OPTIONS, EXCLUSION],

  messages,

  subjects: sitesSeen,

  inspect: ({ site }, inspection) =>
    inspection.all([judgeOptions(site, inspection), ...judgeExclusions(site, inspection)]),

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_vpc_block_public_access_options: { all: { internet_gateway_block_mode: 'block-bidirectional' } },
            },
          },
        },
      },
    ],
    violating: [
      {
        stacks: {
          west: {
            resource: {
              aws_vpc_block_public_access_options: { all: { internet_gateway_block_mode: 'block-ingress' } },
            },
          },
        },
      },
    ],
  },
});

function judgeOptions(site: Site, inspection: Inspect): Outcome {
  return judgeSetting(site, OPTIONS, inspection, {
    judge: (setting) => judgeMode(setting, inspection),
    missing: () => inspection.fail({}, 'missing', { region: site.region, account: site.account }),
  });
}

function judgeMode(resource: Resource, { pass, fail, unproven }: Inspect): Outcome {
  const value = resource.attribute('internet_gateway_block_mode');
  const mode = asString(value);
  if (isHidden(mode)) return unproven(mode);
  if (mode === null) return unproven(`${resource.address} sets no internet_gateway_block_mode`);
  if (mode === 'block-bidirectional') return pass();
  return fail({ value, related: [resource], location: resource.locate('internet_gateway_block_mode') }, 'weak', {
    mode: display(value),
  });
}

function judgeExclusions(site: Site, inspection: Inspect): readonly Outcome[] {
  const { estate, policy, pass } = inspection;
  return estate.ofType(EXCLUSION).map((exclusion) => {
    const assigned = siteOf(estate.place(exclusion), exclusion.stack, policy);
    if (assigned.kind === 'site' && assigned.site.id !== site.id) return pass();
    const outcome = judgeExclusion(exclusion, inspection);
    return assigned.kind === 'site' && !exclusion.init.isSymbolic
      ? outcome
      : asPossible(outcome, exclusion, inspection);
  });
}

function judgeExclusion(exclusion: Resource, { estate, policy, pass, fail, unproven }: Inspect): Outcome {
  const argument = exclusion.attribute('vpc_id').kind === 'null' ? 'subnet_id' : 'vpc_id';
  const value = exclusion.attribute(argument);
  const target = estate.resolve(value, ['aws_vpc', 'aws_subnet', 'aws_default_vpc', 'aws_default_subnet']);
  const written = exclusion.attribute('internet_gateway_exclusion_mode');
  const mode = asString(written);
  if (target.kind === 'none') return unproven(`${exclusion.address} names neither a VPC nor a subnet`);
  if (isHidden(mode)) return unproven(mode);
  if (target.kind === 'hidden') return unproven(target.value);
  const at = { value, related: [exclusion], location: exclusion.locate(argument) };
  // The register names resources of the estate, so an id outside it is never registered.
  if (target.kind === 'outside')
    return fail(at, 'exclusion', { excluded: target.text, mode: shown(String(mode), written) });
  const { stack, address } = target.resource;
  return isRegistered(policy, { stack, address, mode })
    ? pass()
    : fail(at, 'exclusion', { excluded: `${stack}:${address}`, mode: shown(String(mode), written) });
}

interface Excluded {
  readonly stack: string;
  readonly address: string;
  readonly mode: string | null;
}

function isRegistered({ network }: Policy, excluded: Excluded): boolean {
  return network.publicAccessExclusions.some(
    ({ stack, address, mode }) => stack === excluded.stack && address === excluded.address && mode === excluded.mode,
  );
}
