import { expect, it } from 'vitest';
import enc001 from '../../checks/encryption/enc-001-s3-default-encryption.ts';
import enc003 from '../../checks/encryption/enc-003-ebs-volumes.ts';
import enc005 from '../../checks/encryption/enc-005-databases.ts';
import enc010 from '../../checks/encryption/enc-010-tls-endpoints.ts';
import key001 from '../../checks/encryption/key-001-keys-of-own-site.ts';
import key002 from '../../checks/encryption/key-002-no-replication-outside.ts';
import key004 from '../../checks/encryption/key-004-rotation.ts';
import { judge } from '../../checks/example-estate.ts';

const CHECKS = [enc001, enc003, enc005, enc010, key001, key002, key004];

const secret = (text: string) => `\${sensitive("${text}")}`;
const listener = (body: object) => ({ load_balancer_arn: '${aws_lb.front.arn}', ...body });

const RESOURCES = {
  aws_s3_bucket: {
    ledger: {
      server_side_encryption_configuration: {
        rule: { apply_server_side_encryption_by_default: { sse_algorithm: secret('hunter2') } },
      },
    },
  },
  aws_ebs_volume: { ledger: { encrypted: true, kms_key_id: secret('alias/aws/hunter2') } },
  aws_keyspaces_table: { ledger: { encryption_specification: { type: secret('hunter2') } } },
  aws_lb: { front: {} },
  aws_lb_listener: {
    policy: listener({ protocol: 'HTTPS', ssl_policy: secret('hunter2') }),
    action: listener({ protocol: 'HTTP', default_action: { type: secret('hunter2') } }),
    redirect: listener({
      protocol: 'HTTP',
      default_action: { type: 'redirect', redirect: { protocol: secret('hunter2') } },
    }),
    other: listener({ protocol: secret('hunter2') }),
  },
  aws_cloudfront_distribution: { front: { default_cache_behavior: { viewer_protocol_policy: secret('hunter2') } } },
  aws_kms_replica_key: {
    copy: { region: secret('us-east-2'), primary_key_arn: 'arn:aws:kms:eu-west-1:111111111111:key/mrk-1' },
  },
  aws_kms_key: {
    slow: { enable_key_rotation: true, rotation_period_in_days: '${sensitive(2001)}' },
    asymmetric: { customer_master_key_spec: secret('hunter2') },
  },
};

it.each(Object.entries(RESOURCES))('shows no sensitive value of %s', (type, resources) => {
  const resource = { aws_lb: RESOURCES.aws_lb, [type]: resources };
  const { results } = judge(CHECKS, { stacks: { west: { resource } } });
  const told = results.map(({ message, witness, also, blockers }) => [message, witness, also, blockers]);
  expect(results.some(({ verdict }) => verdict !== 'pass') || type === 'aws_lb').toBe(true);
  expect(JSON.stringify(told)).not.toMatch(/hunter2|HUNTER2|us-east-2|2001/);
});
