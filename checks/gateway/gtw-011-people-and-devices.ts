import type { Answer } from '../../model/aws/cedar.ts';
import type { Resource } from '../../model/resource.ts';
import { asBoolean, type Hidden, isHidden } from '../../model/value.ts';
import type { Gateway } from '../../policy/policy.ts';
import { type Context, defineCheck, type Inspection, type Outcome } from '../check.ts';
import { ACCESS_ENDPOINT, ACCESS_GROUP, ACCESS_INSTANCE, CLIENT_VPN } from './access-gateway.ts';
import { ACCESS_LOGS, accessLogsOf, isNamed } from './access-logs.ts';
import { policyAnswers } from './access-policy.ts';
import { MAX_SESSION_HOURS, vpnFaults } from './client-vpn.ts';
import { gatewayTarget, GATEWAY_TYPES, lackOfEvidence } from './declared-gateways.ts';
import { sessionFaults, sessionPart, SSM_DOCUMENT } from './systems-manager.ts';
import { TRUST_ATTACHMENT, type TrustKind, TRUST_KINDS, TRUST_PROVIDER, trustOf } from './trust-providers.ts';

const AUTHORIZATION = 'aws_ec2_client_vpn_authorization_rule';

const KIND_NAMES: Readonly<Record<TrustKind, string>> = { user: 'person', device: 'device' };

const messages = {
  noProvider: ({ kind }: { readonly kind: string }) => `has no trust provider that vouches for the ${kind}`,
  noAccessLog: 'has no access log, so nobody sees who came in',
  noPolicy: 'has no policy, so who is let in is decided outside the estate',
  everybody: ({ kind, where }: { readonly kind: string; readonly where: string }) =>
    `lets in any ${kind}${where}: a permit asks nothing of the trust provider`,
  certificatesOnly: ({ types }: { readonly types: string }) =>
    `authenticates by ${types}, which vouches for no person of the identity provider`,
  noConnectionLog: 'has no connection log, so nobody sees who came in',
  longSession: ({ hours }: { readonly hours: string }) =>
    `keeps sessions for ${hours} hours without asking again, more than ${MAX_SESSION_HOURS}`,
  allGroups: 'authorises everybody of the identity provider (authorize_all_groups)',
  noSessionLog: 'keeps no record of sessions: neither s3BucketName nor cloudWatchLogGroupName is set',
  plainSessionLog: ({ argument }: { readonly argument: string }) =>
    `has ${argument} off, so records of sessions may be plain`,
  noSessionKey: 'has no kmsKeyId, so sessions are not encrypted with a key of the enclave',
};

type Inspect = Inspection<typeof messages>;

export default defineCheck({
  id: 'GTW-011',
  why: 'A gateway for employees is worth what it knows of who comes in: without the person, the device and a record, it is a door with a sign.',
  fix: 'Attach a user and a device trust provider to the Verified Access instance, let the policy of every group ask for both (context.<name of the provider>), and log accesses; give a Client VPN federated and certificate authentication, connection logs, sessions of at most 12 hours and authorisation by group; let Session Manager write encrypted records.',
  references: [
    'https://docs.aws.amazon.com/verified-access/latest/ug/trust-providers.html',
    'https://docs.aws.amazon.com/verified-access/latest/ug/auth-policies-policy-eval.html',
    'https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/client-authentication.html',
    'https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-configure-preferences-cli.html',
  ],
  resourceTypes: [
    ACCESS_INSTANCE,
    ACCESS_GROUP,
    ACCESS_ENDPOINT,
    ACCESS_LOGS,
    TRUST_ATTACHMENT,
    TRUST_PROVIDER,
    CLIENT_VPN,
    AUTHORIZATION,
    SSM_DOCUMENT,
    ...GATEWAY_TYPES.appliance,
  ],

  messages,

  subjects: (context) =>
    [
      ...context.estate.ofType(ACCESS_INSTANCE, ACCESS_GROUP, CLIENT_VPN, AUTHORIZATION),
      ...context.estate.ofType(SSM_DOCUMENT).filter((document) => sessionPart(document) !== 'none'),
      ...accessAppliances(context).map(({ resource }) => resource),
    ].map((resource) => ({ kind: 'resource', resource })),

  inspect({ resource }, inspection) {
    const { pass, unproven } = inspection;
    switch (resource.type) {
      case ACCESS_INSTANCE:
        return judgeInstance(resource, inspection);
      case ACCESS_GROUP:
        return judgeGroup(resource, inspection);
      case CLIENT_VPN:
        return judgeVpn(resource, inspection);
      case AUTHORIZATION:
        return judgeAuthorization(resource, inspection);
      case SSM_DOCUMENT:
        return judgeSessions(resource, inspection);
      default: {
        const appliance = accessAppliances(inspection).find((item) => item.resource === resource);
        const lack = appliance === undefined ? null : lackOfEvidence(appliance.gateway, inspection);
        return lack === null ? pass() : unproven(lack);
      }
    }
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_ec2_client_vpn_endpoint: {
                people: {
                  authentication_options: [
                    {
                      type: 'federated-authentication',
                      saml_provider_arn: 'arn:aws:iam::111111111111:saml-provider/people',
                    },
                    {
                      type: 'certificate-authentication',
                      root_certificate_chain_arn:
                        'arn:aws:acm:eu-west-1:111111111111:certificate/00000000-0000-4000-8000-000000000000',
                    },
                  ],
                  connection_log_options: { enabled: true, cloudwatch_log_group: 'people' },
                  session_timeout_hours: 8,
                },
              },
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
              aws_verifiedaccess_instance: { access: {} },
              aws_verifiedaccess_group: {
                access: {
                  verifiedaccess_instance_id: '${aws_verifiedaccess_instance.access.id}',
                  policy_document: 'permit(principal, action, resource);',
                },
              },
            },
          },
        },
      },
    ],
  },
});

/** Appliances that the policy declares as gateways for employees; what they ask for only evidence shows. */
function accessAppliances({ estate, policy }: Context) {
  return policy.gateways
    .filter(({ kind, purpose }) => kind === 'appliance' && purpose === 'employee-access')
    .flatMap((gateway): readonly { readonly gateway: Gateway; readonly resource: Resource }[] => {
      const target = gatewayTarget(gateway, estate);
      return target.kind === 'resource' ? [{ gateway, resource: target.resource }] : [];
    });
}

function judgeInstance(instance: Resource, inspection: Inspect): Outcome {
  const { estate, pass, fail, unproven, all } = inspection;
  const { names, open } = trustOf(instance, estate);
  return all([
    ...TRUST_KINDS.map((kind) => {
      if (names[kind].size > 0) return pass();
      return open.length > 0 ? unproven(open) : fail({}, 'noProvider', { kind: KIND_NAMES[kind] });
    }),
    judgeAccessLogs(instance, inspection),
  ]);
}

function judgeAccessLogs(instance: Resource, { estate, pass, fail, unproven }: Inspect): Outcome {
  const logs = accessLogsOf(instance, estate);
  switch (logs.kind) {
    case 'on':
      return pass();
    case 'off':
      return fail({ related: logs.configurations }, 'noAccessLog');
    case 'hidden':
      return unproven(logs.because);
  }
}

function judgeGroup(group: Resource, inspection: Inspect): Outcome {
  const { estate, fail, unproven, all } = inspection;
  const instance = estate.resolve(group.attribute('verifiedaccess_instance_id'), [ACCESS_INSTANCE]);
  if (instance.kind === 'hidden') return unproven(instance.value);
  if (instance.kind !== 'resource') return unproven('names no Verified Access instance of the estate');
  const { names, open } = trustOf(instance.resource, estate);
  return all(
    TRUST_KINDS.map((kind) => {
      const answers = policyAnswers(group, names[kind], estate);
      if (answers === null) return fail({}, 'noPolicy');
      if (isHidden(answers)) return unproven(answers);
      const outcome = all(answers.map(({ endpoint, answer }) => ofAnswer(kind, answer, endpoint, inspection)));
      // A provider that is not known may be the one that the policy asks.
      return outcome.verdict === 'fail' && open.length > 0 ? unproven(open) : outcome;
    }),
  );
}

function ofAnswer(
  kind: TrustKind,
  answer: Answer | Hidden,
  endpoint: Resource | null,
  { pass, fail, unproven }: Inspect,
): Outcome {
  if (isHidden(answer)) return unproven(answer);
  switch (answer) {
    case 'yes':
      return pass();
    case 'unclear':
      return unproven(`has a policy of which it is not clear that it asks for the ${KIND_NAMES[kind]}`);
    case 'no': {
      const where = endpoint === null ? '' : ` at ${endpoint.address}`;
      const at = { path: ['policy_document'], related: endpoint === null ? [] : [endpoint] };
      return fail(at, 'everybody', { kind: KIND_NAMES[kind], where });
    }
  }
}

function judgeVpn(endpoint: Resource, { estate, fail, unproven, all }: Inspect): Outcome {
  return all(
    vpnFaults(endpoint, estate).map((fault) => {
      switch (fault.kind) {
        case 'certificatesOnly':
          return fail({ path: ['authentication_options'] }, 'certificatesOnly', { types: fault.types });
        case 'noLog':
          return fail({ path: ['connection_log_options'] }, 'noConnectionLog');
        case 'longSession':
          return fail({ path: ['session_timeout_hours'] }, 'longSession', { hours: String(fault.hours) });
        case 'hidden':
          return unproven(fault.because);
      }
    }),
  );
}

function judgeAuthorization(rule: Resource, { pass, fail, unproven }: Inspect): Outcome {
  const path = ['authorize_all_groups'];
  const value = rule.attribute(...path);
  const isForAll = asBoolean(value);
  const extent = { target_network_cidr: rule.attribute('target_network_cidr') };
  if (isForAll === true) return fail({ path, value, extent }, 'allGroups');
  if (isHidden(isForAll)) return unproven(isForAll);
  const group = rule.attribute('access_group_id');
  if (group.kind === 'unknown') return unproven(group);
  return isNamed(group) ? pass() : unproven('names no group');
}

/** The preferences of Session Manager, and sessions of one's own, which have the same inputs. */
function judgeSessions(document: Resource, { estate, fail, unproven, all }: Inspect): Outcome {
  const part = sessionPart(document);
  if (isHidden(part)) return unproven(part);
  const path = ['content'];
  return all(
    sessionFaults(document, estate).map((fault) => {
      switch (fault.kind) {
        case 'noLog':
          return fail({ path }, 'noSessionLog');
        case 'plainLog':
          return fail({ path }, 'plainSessionLog', { argument: fault.argument });
        case 'noKey':
          return fail({ path }, 'noSessionKey');
        case 'hidden':
          return unproven(fault.because);
      }
    }),
  );
}
