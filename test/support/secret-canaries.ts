/** Secrets that nobody has, in the forms of those that people do. Put together here, so that no scanner takes them for real. */

const LETTERS = 'Qw3rT7yUi9oPa2sDf5gHj8kLz1xCv4bNm6';
const many = (length: number, from = LETTERS): string => from.repeat(Math.ceil(length / from.length)).slice(0, length);
const hex = (length: number): string => many(length, '9f86d081884c7d659a2feaa0c55ad015');
const upper = (length: number): string => many(length, 'QWERTYUIOPASDFGHJKLZXCVBNM234567');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64Url = (text: string): string => Buffer.from(text).toString('base64url');
const pem = (label: string): string =>
  ['-----BEGIN ', label, ' KEY-----\n', many(64), '\n', many(64), '\n-----END ', label, ' KEY-----\n'].join('');

/** Secrets that show themselves wherever they stand, by the kind that is told of them. */
export const CANARIES: readonly { readonly kind: string; readonly secret: string }[] = [
  { kind: 'an AWS access key', secret: ['AK', 'IA', upper(16)].join('') },
  { kind: 'an AWS access key', secret: ['AS', 'IA', upper(16)].join('') },
  { kind: 'an API key of Amazon Bedrock', secret: ['AB', 'SK', many(110)].join('') },
  { kind: 'a private key', secret: pem('PRIVATE') },
  { kind: 'a private key', secret: pem('RSA PRIVATE') },
  { kind: 'a private key', secret: pem('EC PRIVATE') },
  { kind: 'a private key', secret: pem('OPENSSH PRIVATE') },
  { kind: 'a private key', secret: pem('ENCRYPTED PRIVATE') },
  { kind: 'a private key', secret: ['PuTTY-User', '-Key-File-3: ssh-ed25519'].join('') },
  { kind: 'a private key', secret: ['AGE-SECRET', '-KEY-1', upper(58)].join('') },
  ...['p', 'o', 'u', 's', 'r'].map((letter) => ({ kind: 'a token of GitHub', secret: `gh${letter}_${many(36)}` })),
  { kind: 'a token of GitHub', secret: ['github', '_pat_', many(22), '_', many(59)].join('') },
  { kind: 'a token of GitLab', secret: ['gl', 'pat-', many(20)].join('') },
  { kind: 'a token of Slack', secret: ['xo', 'xb-123456789012-123456789012-', many(24)].join('') },
  { kind: 'a token of Slack', secret: ['xa', 'pp-1-A0123456789-123456789012-', hex(64)].join('') },
  {
    kind: 'a webhook of Slack',
    secret: ['https://hooks.slack', '.com/services/T01234567/B01234567/', many(24)].join(''),
  },
  {
    kind: 'a webhook of Teams',
    secret: `https://ledger.webhook.office.com/webhookb2/${hex(36)}@${hex(36)}/IncomingWebhook/${hex(32)}/x`,
  },
  { kind: 'a key of Stripe', secret: ['sk', '_live_', many(24)].join('') },
  { kind: 'a key of Google', secret: ['AI', 'za', many(35)].join('') },
  { kind: 'a token of npm', secret: ['np', 'm_', many(36)].join('') },
  { kind: 'a token of PyPI', secret: ['py', 'pi-AgEIcHlwaS5vcmc', many(70)].join('') },
  { kind: 'a key of SendGrid', secret: ['S', 'G.', many(22), '.', many(43)].join('') },
  { kind: 'a token of Vault', secret: ['hv', 's.', many(90)].join('') },
  { kind: 'a token of HCP Terraform', secret: [many(14), '.atlas', 'v1.', many(67)].join('') },
  { kind: 'a token of DigitalOcean', secret: ['do', 'p_v1_', hex(64)].join('') },
  { kind: 'a token of Databricks', secret: ['da', 'pi', hex(32)].join('') },
  { kind: 'a token of Shopify', secret: ['sh', 'pat_', hex(32)].join('') },
  { kind: 'a token of Dynatrace', secret: ['dt', '0c01.', upper(24), '.', upper(64)].join('') },
  { kind: 'a key of New Relic', secret: ['NR', 'AK-', upper(27)].join('') },
  { kind: 'a key of OpenAI', secret: ['s', 'k-proj-', many(40), 'T3BlbkFJ', many(40)].join('') },
  { kind: 'a key of Anthropic', secret: ['s', 'k-ant-api03-', many(93)].join('') },
  { kind: 'a token of Grafana', secret: ['gl', 'sa_', many(32), '_', hex(8)].join('') },
  { kind: 'a token of Atlassian', secret: ['AT', 'ATT3', many(190)].join('') },
  { kind: 'a token of Docker', secret: ['dc', 'kr_pat_', many(27)].join('') },
  { kind: 'a key of Azure', secret: ['AccountName=ledger;Account', 'Key=', many(86), '=='].join('') },
  {
    kind: 'a JSON Web Token',
    secret: `${base64Url('{"alg":"HS256","typ":"JWT"}')}.${base64Url('{"sub":"ledger","admin":true}')}.${many(43)}`,
  },
  { kind: 'a password in a URL', secret: ['postgres://ledger:', many(14), '@db.internal:5432/ledger'].join('') },
  { kind: 'a password of HTTP', secret: `Authorization: Basic ${base64(`ledger:${many(12)}`)}` },
];

/** Texts that are as random, or that speak of secrets as loudly, and hold none. */
export const HARMLESS: readonly string[] = [
  'arn:aws:secretsmanager:eu-west-1:111111111111:secret:prod/ledger/database-password-AbCd12',
  'arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  'arn:aws:iam::111111111111:role/secret-reader-1A2B3C4D5E6F',
  'arn:aws:ssm:eu-west-1:111111111111:parameter/ledger/db/password',
  '{{resolve:secretsmanager:ledger:SecretString:password}}',
  'alias/ledger-secrets',
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'mrk-1234abcd12ab34cd56ef1234567890ab',
  '1234abcd-12ab-34cd-56ef-1234567890ab',
  'vpce-svc-0123456789abcdef0',
  'subnet-0123456789abcdef0',
  '111111111111.dkr.ecr.eu-west-1.amazonaws.com/ledger@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIQw3rT7yUi9oPa2sDf5gHj8kLz1xCv4bNm6Qw3rT7y ledger',
  ['-----BEGIN CERTIFICATE-----', `MIIB${many(60)}`, many(64), '-----END CERTIFICATE-----'].join('\n'),
  ['-----BEGIN PUBLIC KEY-----', `MFkw${many(60)}`, '-----END PUBLIC KEY-----'].join('\n'),
  'grep -c "BEGIN PRIVATE KEY-----" /etc/ssl/private/*.pem',
  ['AK', 'IAIOSFODNN7EXAMPLE'].join(''),
  'TOKEN=$(curl -sX PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 21600")',
  'export DB_PASSWORD="$(aws secretsmanager get-secret-value --secret-id ledger --query SecretString)"',
  'aws ecr get-login-password | docker login --username AWS --password-stdin 111111111111.dkr.ecr.eu-west-1.amazonaws.com',
  'PASSWORD="${DB_PASSWORD:?not set}"',
  'postgres://ledger:${DB_PASSWORD}@db.internal:5432/ledger',
  'postgres://ledger:<password>@db.internal:5432/ledger',
  'passwd: files sss systemd',
  'PasswordAuthentication: no',
  'password_encryption = scram-sha-256',
  'DB_PASSWORD_FILE=/run/secrets/db',
  'DB_PASSWORD_SECRET_NAME=ledger-db',
  'token_endpoint=https://login.example.com/oauth2/token',
  'max_tokens: 4096',
  'AccessTokenValidity: 60',
  '{"Action":["secretsmanager:GetSecretValue"],"Resource":"arn:aws:secretsmanager:eu-west-1:111111111111:secret:ledger-AbCd12"}',
  '{"containers":[{"name":"app","secrets":[{"name":"DB_PASSWORD","valueFrom":"arn:aws:ssm:eu-west-1:111111111111:parameter/db"}]}]}',
  '{"Parameters":{"SecretId":"ledger","Password.$":"$.password","Token":"{% $states.input.token %}"}}',
  '{"password":{"type":"string","minLength":12},"token":{"type":"string"}}',
  '{"min_password_length":14,"require_password":true,"password_policy":"strict-2024-policy"}',
  'https://example.com/path?user=a@example.com&page=2',
  'git@github.com:ledger/ledger.git',
  'mailto:ledger:team@example.com',
  'alert tls $HOME_NET any -> any 443 (tls.sni; content:"token.example.com"; nocase; msg:"token"; sid:1000001; rev:1;)',
  'eu-west-1_AbCdEf123',
  'ami-0123456789abcdef0',
  'AQICAHh9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08Qw3rT7yUi9o',
  'Basic realm of the ledger',
];
