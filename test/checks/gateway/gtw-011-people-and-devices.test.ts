import check from '../../../checks/gateway/gtw-011-people-and-devices.ts';
import { testCheck } from '../../support/check-tester.ts';

const INSTANCE = 'aws_verifiedaccess_instance.access';
const GROUP = 'aws_verifiedaccess_group.access';
const VPN = 'aws_ec2_client_vpn_endpoint.people';
const DOCUMENT = 'aws_ssm_document.preferences';

const west = (resource: object, rest: object = {}) => ({ stacks: { west: { resource, ...rest } } });

const STRICT =
  'permit(principal, action, resource) when { context.person.groups has "operators" && context.device.ok };';
const ANYBODY = 'permit(principal, action, resource);';

const PEOPLE = {
  trust_provider_type: 'user',
  user_trust_provider_type: 'iam-identity-center',
  policy_reference_name: 'person',
};
const DEVICES = { trust_provider_type: 'device', device_trust_provider_type: 'jamf', policy_reference_name: 'device' };
const attach = (provider: string) => ({
  verifiedaccess_instance_id: '${aws_verifiedaccess_instance.access.id}',
  verifiedaccess_trust_provider_id: `\${aws_verifiedaccess_trust_provider.${provider}.id}`,
});
const LOGS = {
  verifiedaccess_instance_id: '${aws_verifiedaccess_instance.access.id}',
  access_logs: { s3: { enabled: true, bucket_name: 'ledger-archive' } },
};

/** A complete Verified Access instance, changed by type. */
const access = (change: object = {}, policy: unknown = STRICT, rest: object = {}) =>
  west(
    {
      aws_verifiedaccess_instance: { access: {} },
      aws_verifiedaccess_trust_provider: { people: PEOPLE, devices: DEVICES },
      aws_verifiedaccess_instance_trust_provider_attachment: { people: attach('people'), devices: attach('devices') },
      aws_verifiedaccess_instance_logging_configuration: { access: LOGS },
      aws_verifiedaccess_group: {
        access: {
          verifiedaccess_instance_id: '${aws_verifiedaccess_instance.access.id}',
          ...(policy === null ? {} : { policy_document: policy }),
        },
      },
      ...change,
    },
    rest,
  );

const endpoint = (policy_document?: unknown) => ({
  verified_access_group_id: '${aws_verifiedaccess_group.access.id}',
  ...(policy_document === undefined ? {} : { policy_document }),
});

const FEDERATED = {
  type: 'federated-authentication',
  saml_provider_arn: 'arn:aws:iam::111111111111:saml-provider/people',
};
const CERTIFICATE = {
  type: 'certificate-authentication',
  root_certificate_chain_arn: 'arn:aws:acm:eu-west-1:111111111111:certificate/1',
};
const vpn = (change: object = {}, rest: object = {}, more: object = {}) =>
  west(
    {
      aws_ec2_client_vpn_endpoint: {
        people: {
          authentication_options: [FEDERATED, CERTIFICATE],
          connection_log_options: { enabled: true, cloudwatch_log_group: 'people' },
          session_timeout_hours: 8,
          ...change,
        },
      },
      ...more,
    },
    rest,
  );

const RULE = 'aws_ec2_client_vpn_authorization_rule.people';
const rule = (body: object, rest: object = {}) =>
  west({ aws_ec2_client_vpn_authorization_rule: { people: body } }, rest);

const INPUTS = { s3BucketName: 'ledger-archive', s3EncryptionEnabled: true, kmsKeyId: 'alias/sessions' };
const sessions = (inputs: object, change: object = {}, rest: object = {}) =>
  west(
    {
      aws_kms_key: { sessions: {} },
      aws_ssm_document: {
        preferences: {
          name: 'SSM-SessionManagerRunShell',
          document_type: 'Session',
          document_format: 'JSON',
          content: JSON.stringify({ schemaVersion: '1.0', sessionType: 'Standard_Stream', inputs }),
          ...change,
        },
      },
    },
    rest,
  );

const appliance = (evidence: readonly object[]) => ({
  ...west({ aws_instance: { bastion: {} } }),
  policy: {
    gateways: [
      {
        id: 'west-access',
        site: 'west',
        purpose: 'employee-access',
        kind: 'appliance',
        stack: 'west',
        address: 'aws_instance.bastion',
      },
    ],
    evidence,
  },
});

testCheck(check, {
  pass: [
    { name: 'people and devices that the policy asks for, and logs', ...access() },
    {
      name: 'a group that asks for the person, with endpoints that ask for the device',
      ...access(
        {
          aws_verifiedaccess_endpoint: {
            console: endpoint('permit(principal, action, resource) when { context.device.ok };'),
          },
        },
        'permit(principal, action, resource) when { context.person.ok };',
      ),
    },
    {
      name: 'a strict group with an endpoint that lets in anybody',
      ...access({ aws_verifiedaccess_endpoint: { console: endpoint(ANYBODY) } }),
    },
    {
      name: 'logs to a log group',
      ...access({
        aws_verifiedaccess_instance_logging_configuration: {
          access: {
            ...LOGS,
            access_logs: [{ s3: { enabled: false }, cloudwatch_logs: [{ enabled: 'true', log_group: 'people' }] }],
          },
        },
      }),
    },
    { name: 'a Client VPN with people and certificates', ...vpn() },
    {
      name: 'a Client VPN whose handler looks at devices',
      ...vpn({
        authentication_options: FEDERATED,
        client_connect_options: {
          enabled: true,
          lambda_function_arn: 'arn:aws:lambda:eu-west-1:111111111111:function:AWSClientVPN-devices',
        },
        session_timeout_hours: '12',
      }),
    },
    { name: 'authorisation of a group', ...rule({ access_group_id: 'operators', authorize_all_groups: false }) },
    { name: 'sessions with encrypted records', ...sessions(INPUTS) },
    {
      name: 'sessions with records in a log group, by reference',
      ...sessions(
        {},
        {
          content:
            '{"inputs":{"cloudWatchLogGroupName":"sessions","cloudWatchEncryptionEnabled":true,"kmsKeyId":"${aws_kms_key.sessions.arn}"}}',
        },
      ),
    },
    {
      name: 'an appliance with evidence in force',
      ...appliance([
        {
          id: 'acceptance',
          kind: 'appliance',
          subject: 'west-access',
          states: 'Asks for person and device',
          issuer: 'Watch AS',
          issued: '2026-06-01',
          expires: '2027-05-31',
          document: 'WA-8',
        },
      ]),
    },
  ],
  fail: [
    {
      name: 'an instance without people',
      ...access({ aws_verifiedaccess_instance_trust_provider_attachment: { devices: attach('devices') } }),
      fails: { [INSTANCE]: 'noProvider', [GROUP]: 'everybody' },
    },
    {
      name: 'an instance without devices',
      ...access({ aws_verifiedaccess_instance_trust_provider_attachment: { people: attach('people') } }),
      fails: { [INSTANCE]: 'noProvider', [GROUP]: 'everybody' },
    },
    {
      name: 'a second provider of people for one of devices',
      ...access({
        aws_verifiedaccess_trust_provider: { people: PEOPLE, devices: { ...PEOPLE, policy_reference_name: 'device' } },
      }),
      fails: { [INSTANCE]: 'noProvider', [GROUP]: 'everybody' },
    },
    {
      name: 'an instance without logs',
      ...access({ aws_verifiedaccess_instance_logging_configuration: {} }),
      fails: { [INSTANCE]: 'noAccessLog' },
    },
    {
      name: 'logs that have no place',
      ...access({
        aws_verifiedaccess_instance_logging_configuration: {
          access: { ...LOGS, access_logs: { s3: { enabled: true, bucket_name: '' } } },
        },
      }),
      fails: { [INSTANCE]: 'noAccessLog' },
    },
    {
      name: 'logs that are switched off',
      ...access({
        aws_verifiedaccess_instance_logging_configuration: {
          access: { ...LOGS, access_logs: { s3: { enabled: false, bucket_name: 'ledger-archive' } } },
        },
      }),
      fails: { [INSTANCE]: 'noAccessLog' },
    },
    { name: 'a group without a policy', ...access({}, null), fails: { [GROUP]: 'noPolicy' } },
    { name: 'a policy of comments', ...access({}, '// later\n'), fails: { [GROUP]: 'noPolicy' } },
    { name: 'a policy for everybody', ...access({}, ANYBODY), fails: { [GROUP]: 'everybody' } },
    {
      name: 'a policy that does not ask for the device',
      ...access({}, 'permit(principal, action, resource) when { context.person.ok };'),
      fails: { [GROUP]: 'everybody' },
    },
    {
      name: 'a policy that asks for one or the other',
      ...access({}, 'permit(principal, action, resource) when { context.person.ok || context.device.ok };'),
      fails: { [GROUP]: 'everybody' },
    },
    {
      name: 'one endpoint of two that asks for nothing',
      ...access({ aws_verifiedaccess_endpoint: { strict: endpoint(STRICT), open: endpoint() } }, ANYBODY),
      fails: { [GROUP]: 'everybody' },
    },
    {
      name: 'a Client VPN of certificates only',
      ...vpn({ authentication_options: [CERTIFICATE] }),
      fails: { [VPN]: 'certificatesOnly' },
    },
    {
      name: 'a Client VPN without a log',
      ...vpn({ connection_log_options: { enabled: false } }),
      fails: { [VPN]: 'noConnectionLog' },
    },
    { name: 'sessions of a whole day', ...vpn({ session_timeout_hours: 24 }), fails: { [VPN]: 'longSession' } },
    {
      name: 'sessions of the default length',
      ...vpn({ session_timeout_hours: null }),
      fails: { [VPN]: 'longSession' },
    },
    {
      name: 'authorisation of everybody',
      ...rule({ authorize_all_groups: 'true' }),
      fails: { [RULE]: 'allGroups' },
    },
    {
      name: 'sessions without a record',
      ...sessions({ ...INPUTS, s3BucketName: '' }),
      fails: { [DOCUMENT]: 'noSessionLog' },
    },
    {
      name: 'a document without inputs',
      ...sessions({}, { content: '{"schemaVersion":"1.0"}' }),
      fails: { [DOCUMENT]: 'noSessionLog' },
    },
    {
      name: 'plain records',
      ...sessions({ ...INPUTS, s3EncryptionEnabled: false }),
      fails: { [DOCUMENT]: 'plainSessionLog' },
    },
    {
      name: 'sessions without a key, of a document of its own',
      ...sessions({ ...INPUTS, kmsKeyId: '' }, { name: 'tunnel' }),
      fails: { [DOCUMENT]: 'noSessionKey' },
    },
  ],
  unproven: [
    {
      name: 'a provider of a variable',
      ...access(
        {
          aws_verifiedaccess_instance_trust_provider_attachment: {
            people: attach('people'),
            devices: { ...attach('devices'), verifiedaccess_trust_provider_id: '${var.provider}' },
          },
        },
        STRICT,
        { variable: { provider: {} } },
      ),
      unproven: { [INSTANCE]: 'var.provider', [GROUP]: 'var.provider' },
    },
    {
      name: 'a provider outside the estate',
      ...access({
        aws_verifiedaccess_instance_trust_provider_attachment: {
          people: attach('people'),
          devices: { ...attach('devices'), verifiedaccess_trust_provider_id: 'vatp-0123456789abcdef0' },
        },
      }),
      unproven: {
        [INSTANCE]: 'is a trust provider outside the estate',
        [GROUP]: 'is a trust provider outside the estate',
      },
    },
    {
      name: 'a provider of a type that is not known',
      ...access(
        {
          aws_verifiedaccess_trust_provider: {
            people: PEOPLE,
            devices: { ...DEVICES, trust_provider_type: '${var.type}' },
          },
        },
        STRICT,
        { variable: { type: {} } },
      ),
      unproven: { [INSTANCE]: 'var.type', [GROUP]: 'var.type' },
    },
    {
      name: 'logs that may be on',
      ...access(
        {
          aws_verifiedaccess_instance_logging_configuration: {
            access: { ...LOGS, access_logs: { s3: { enabled: '${var.logs}', bucket_name: 'ledger-archive' } } },
          },
        },
        STRICT,
        { variable: { logs: {} } },
      ),
      unproven: { [INSTANCE]: 'var.logs' },
    },
    {
      name: 'logs of an instance that may be this one',
      ...access(
        {
          aws_verifiedaccess_instance_logging_configuration: {
            access: { ...LOGS, verifiedaccess_instance_id: '${var.instance}' },
          },
        },
        STRICT,
        { variable: { instance: {} } },
      ),
      unproven: { [INSTANCE]: 'var.instance' },
    },
    {
      name: 'a policy of a variable',
      ...access({}, '${var.policy}', { variable: { policy: {} } }),
      unproven: { [GROUP]: 'var.policy' },
    },
    {
      name: 'a policy that is not understood',
      ...access({}, 'permit everybody'),
      unproven: { [GROUP]: 'was not understood' },
    },
    {
      name: 'a policy that excludes devices',
      ...access({}, 'permit(principal, action, resource) when { context.person.ok && !(context.device.bad) };'),
      unproven: { [GROUP]: 'is not clear that it asks for the device' },
    },
    {
      name: 'an endpoint with a policy of a variable',
      ...access({ aws_verifiedaccess_endpoint: { console: endpoint('${var.policy}') } }, ANYBODY, {
        variable: { policy: {} },
      }),
      unproven: { [GROUP]: 'var.policy' },
    },
    {
      name: 'a group of an instance elsewhere',
      ...west({
        aws_verifiedaccess_group: {
          access: { verifiedaccess_instance_id: 'vai-0123456789abcdef0', policy_document: STRICT },
        },
      }),
      unproven: { [GROUP]: 'names no Verified Access instance of the estate' },
    },
    {
      name: 'a Client VPN of a directory',
      ...vpn({ authentication_options: { type: 'directory-service-authentication', active_directory_id: 'd-1' } }),
      unproven: { [VPN]: 'a second factor' },
    },
    {
      name: 'a Client VPN that does not look at devices',
      ...vpn({ authentication_options: FEDERATED }),
      unproven: { [VPN]: 'asks for no certificate of the device' },
    },
    {
      name: 'a Client VPN of variables',
      ...vpn(
        {
          authentication_options: { type: '${var.type}' },
          connection_log_options: { enabled: '${var.logs}' },
          session_timeout_hours: '${var.hours}',
        },
        { variable: { type: {}, logs: {}, hours: {} } },
      ),
      unproven: { [VPN]: /var\.type.*var\.logs.*var\.hours/ },
    },
    {
      name: 'a rule without a group',
      ...rule({}),
      unproven: { [RULE]: 'names no group' },
    },
    {
      name: 'a rule that may be for everybody',
      ...rule({ authorize_all_groups: '${var.all}', access_group_id: 'operators' }, { variable: { all: {} } }),
      unproven: { [RULE]: 'var.all' },
    },
    {
      name: 'preferences in YAML',
      ...sessions(INPUTS, { document_format: 'YAML', content: 'inputs: {}' }),
      unproven: { [DOCUMENT]: 'is written in YAML' },
    },
    {
      name: 'preferences of a variable',
      ...sessions(INPUTS, { content: '${var.preferences}' }, { variable: { preferences: {} } }),
      unproven: { [DOCUMENT]: 'var.preferences' },
    },
    {
      name: 'a document of a type that is not known',
      ...sessions(INPUTS, { document_type: '${var.type}' }, { variable: { type: {} } }),
      unproven: { [DOCUMENT]: 'var.type' },
    },
    {
      name: 'an appliance without evidence',
      ...appliance([]),
      unproven: { 'aws_instance.bastion': 'the policy has no evidence of kind appliance for west-access' },
    },
    {
      name: 'logs that two resources set, of which one switches them off',
      ...access({
        aws_verifiedaccess_instance_logging_configuration: {
          access: LOGS,
          other: { ...LOGS, access_logs: { s3: { enabled: false } } },
        },
      }),
      unproven: { [INSTANCE]: 'aws_verifiedaccess_instance_logging_configuration.other disagree' },
    },
    {
      name: 'logs that a resource may switch off that may be of the instance',
      ...access(
        {
          aws_verifiedaccess_instance_logging_configuration: {
            access: LOGS,
            other: { verifiedaccess_instance_id: '${var.instance}', access_logs: { s3: { enabled: false } } },
          },
        },
        STRICT,
        { variable: { instance: {} } },
      ),
      unproven: { [INSTANCE]: 'var.instance' },
    },
    {
      name: 'logs in a bucket of a variable',
      ...access(
        {
          aws_verifiedaccess_instance_logging_configuration: {
            access: { ...LOGS, access_logs: { s3: { enabled: true, bucket_name: '${var.bucket}' } } },
          },
        },
        STRICT,
        { variable: { bucket: {} } },
      ),
      unproven: { [INSTANCE]: 'var.bucket' },
    },
    {
      name: 'a rule for a group without a name',
      ...rule({ access_group_id: '' }),
      unproven: { [RULE]: 'names no group' },
    },
  ],
});
