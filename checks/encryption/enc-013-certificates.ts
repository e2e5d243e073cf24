import { nestedArguments } from '../../model/nested-arguments.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, isHidden, shown } from '../../model/value.ts';
import { defineCheck, type Inspection, type Outcome, resourcesOf } from '../check.ts';
import { isUnwritten } from './stores/part-arguments.ts';

/** An argument that chooses an algorithm. */
interface Chosen {
  readonly argument: string;
  /** Algorithms that are strong enough; of others it is not known, unless they are too weak. */
  readonly strong: RegExp;
  readonly weak: RegExp;
}

const KEYS = (argument: string): Chosen => ({
  argument,
  strong: /^(?:RSA_(?:2048|3072|4096)|EC_(?:prime256v1|secp384r1|secp521r1)|ML_DSA_\d+)$/,
  weak: /^RSA_(?:512|1024)$/,
});

const SIGNATURES = (argument: string): Chosen => ({
  argument,
  strong: /^(?:SHA(?:256|384|512)WITH(?:RSA|ECDSA)|ML_DSA_\d+)$/,
  weak: /^(?:SHA1|MD5)WITH/,
});

/** Authorities of Amazon RDS; that of 2019 ended in 2024. */
const AUTHORITY = (argument: string): Form => ({
  chosen: [{ argument, strong: /^rds-ca-(?:rsa2048|rsa4096|ecc384)-g1$/, weak: /^rds-ca-(?:2015|2019)$/ }],
});

interface Form {
  /** Arguments that hold a private key, which Terraform then writes to its state. */
  readonly secrets?: readonly string[];
  /** The argument without which AWS makes the key and hands it to the state. */
  readonly request?: string;
  readonly chosen?: readonly Chosen[];
  /** The argument that says in what hardware the key is kept. */
  readonly storage?: string;
  /** The argument that names who issues it; `amazon` where it is omitted and a name is asked for. */
  readonly issuer?: string;
}

const FORMS: ReadonlyMap<string, Form> = new Map<string, Form>([
  [
    'aws_acm_certificate',
    { secrets: ['private_key'], chosen: [KEYS('key_algorithm')], issuer: 'certificate_authority_arn' },
  ],
  ['aws_acmpca_certificate', { chosen: [SIGNATURES('signing_algorithm')], issuer: 'certificate_authority_arn' }],
  [
    'aws_acmpca_certificate_authority',
    {
      chosen: [
        KEYS('certificate_authority_configuration.key_algorithm'),
        SIGNATURES('certificate_authority_configuration.signing_algorithm'),
      ],
      storage: 'key_storage_security_standard',
    },
  ],
  ['aws_api_gateway_domain_name', { secrets: ['certificate_private_key'] }],
  ['aws_iam_server_certificate', { secrets: ['private_key'] }],
  ['aws_iot_certificate', { request: 'csr' }],
  ['aws_transfer_certificate', { secrets: ['private_key'] }],
  ['aws_transfer_host_key', { secrets: ['host_key_body'] }],
  ['aws_transfer_server', { secrets: ['host_key'] }],
  [
    'aws_transfer_connector',
    {
      chosen: [
        { ...SIGNATURES('as2_config.signing_algorithm'), strong: /^SHA(?:256|384|512)$/, weak: /^(?:SHA1|NONE)$/ },
      ],
    },
  ],
  ['aws_db_instance', AUTHORITY('ca_cert_identifier')],
  ['aws_docdb_cluster_instance', AUTHORITY('ca_cert_identifier')],
  ['aws_rds_cluster', AUTHORITY('ca_certificate_identifier')],
  ['aws_rds_cluster_instance', AUTHORITY('ca_cert_identifier')],
  ['aws_sesv2_email_identity', { secrets: ['dkim_signing_attributes.domain_signing_private_key'] }],
]);

const SUBJECTS = [...FORMS.keys()];

const MESSAGES = {
  keyInState: ({ argument }: { readonly argument: string }) =>
    `has a private key in ${argument}, which whoever reads the configuration or the state has too`,
  keyMade: ({ argument }: { readonly argument: string }) =>
    `lets AWS make its private key and write it to the state, because ${argument} is omitted`,
  weak: ({ argument, algorithm }: { readonly argument: string; readonly algorithm: string }) =>
    `is too weak or out of date: ${argument} is ${algorithm}`,
  storage: ({ argument, standard }: { readonly argument: string; readonly standard: string }) =>
    `keeps the key of an authority in hardware below level 3 of FIPS 140: ${argument} is ${standard}`,
  authority: ({ authority }: { readonly authority: string }) =>
    `is issued by ${authority}, which tls.authorities of the policy does not name`,
};

type CertificateInspection = Inspection<typeof MESSAGES>;

export default defineCheck({
  id: 'ENC-013',
  why: 'Whoever has the private key of a certificate is the service that it names. A key in a configuration or a state is with everybody who reads them, and a weak one is worked out.',
  fix: 'Let AWS Certificate Manager make the key and keep it; name RSA of 2048 bits or an elliptic curve, and SHA-256 or better. Let only authorities of tls.authorities issue. Give files that must be imported by a write-only argument or outside Terraform.',
  references: [
    'https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html',
    'https://docs.aws.amazon.com/privateca/latest/userguide/data-protection.html',
    'https://developer.hashicorp.com/terraform/language/manage-sensitive-data',
  ],
  resourceTypes: SUBJECTS,

  messages: MESSAGES,

  subjects: (context) => resourcesOf(...SUBJECTS)(context).filter(({ resource }) => isAbout(resource)),

  inspect({ resource }, inspection) {
    const { secrets = [], request, chosen = [], storage, issuer } = FORMS.get(resource.type) ?? {};
    return inspection.all([
      ...secrets.map((argument) => judgeSecret(resource, argument, inspection)),
      ...(request === undefined ? [] : [judgeRequest(resource, request, inspection)]),
      ...chosen.map((one) => judgeChosen(resource, one, inspection)),
      ...(storage === undefined ? [] : [judgeStorage(resource, storage, inspection)]),
      ...(issuer === undefined ? [] : [judgeIssuer(resource, issuer, inspection)]),
    ]);
  },

  examples: {
    compliant: [
      {
        stacks: {
          west: {
            resource: {
              aws_acm_certificate: {
                ledger: { domain_name: 'ledger.example', validation_method: 'DNS', key_algorithm: 'EC_prime256v1' },
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
              aws_iam_server_certificate: {
                ledger: { name: 'ledger', certificate_body: 'a certificate', private_key: 'a key' },
              },
            },
          },
        },
      },
    ],
  },
});

/** Types that are more than a certificate are subjects only where they hold a key of one or choose an algorithm. */
function isAbout(resource: Resource): boolean {
  const { secrets = [], chosen = [] } = FORMS.get(resource.type) ?? {};
  if (/certificate|host_key/.test(resource.type)) return true;
  const names = [...secrets, ...chosen.map(({ argument }) => argument)];
  return names.some((argument) => !isUnwritten(resource.attribute(...argument.split('.'))));
}

/** The key itself is never shown, so the place has no value. */
function judgeSecret(resource: Resource, argument: string, { pass, fail, unproven }: CertificateInspection): Outcome {
  const path = argument.split('.');
  const value = resource.attribute(...path);
  // A value of the run may be null; a reference to what another resource made is in the state of both.
  if (value.kind === 'unknown') return unproven(value);
  return isUnwritten(value) ? pass() : fail({ path }, 'keyInState', { argument });
}

function judgeRequest(resource: Resource, argument: string, { pass, fail, unproven }: CertificateInspection): Outcome {
  const value = resource.attribute(argument);
  if (value.kind === 'unknown') return unproven(value);
  return isUnwritten(value) ? fail({ path: [argument] }, 'keyMade', { argument }) : pass();
}

/** What is omitted is strong: RSA of 2048 bits, SHA-256. */
function judgeChosen(
  resource: Resource,
  { argument, strong, weak }: Chosen,
  inspection: CertificateInspection,
): Outcome {
  const { estate, all, pass, fail, unproven } = inspection;
  const { items, open } = nestedArguments(estate, resource, argument.split('.'));
  const outcomes = items.map(({ path, value }) => {
    const algorithm = asString(value);
    if (isHidden(algorithm)) return unproven(algorithm);
    if (algorithm === null || strong.test(algorithm)) return pass();
    const named = shown(algorithm, value);
    if (weak.test(algorithm)) return fail({ path, value }, 'weak', { argument, algorithm: named });
    return unproven(`has the algorithm ${named} in ${argument}, whose strength is not known`);
  });
  return all([...outcomes, ...open.map((value) => unproven(value))]);
}

function judgeStorage(resource: Resource, argument: string, { pass, fail, unproven }: CertificateInspection): Outcome {
  const path = [argument];
  const value = resource.attribute(...path);
  const standard = asString(value);
  if (isHidden(standard)) return unproven(standard);
  // Omitted, it is level 3 wherever the Region has that.
  if (standard === null || standard === 'FIPS_140_2_LEVEL_3_OR_HIGHER') return pass();
  if (standard === 'CCPC_LEVEL_1_OR_HIGHER')
    return unproven('keeps the key of an authority by a standard of another country');
  return fail({ path, value }, 'storage', { argument, standard: shown(standard, value) });
}

/** Where the policy names authorities, whether one of them issues a certificate; who issued an import, it cannot show. */
function judgeIssuer(certificate: Resource, argument: string, inspection: CertificateInspection): Outcome {
  const { estate, policy, pass, fail, unproven } = inspection;
  const { authorities } = policy.tls;
  if (authorities === null) return pass();
  const path = [argument];
  const value = certificate.attribute(...path);
  if (isUnwritten(value)) {
    if (!isUnwritten(certificate.attribute('certificate_body')))
      return unproven('is imported, so who issued it is not shown');
    return authorities.includes('amazon') ? pass() : fail({ path }, 'authority', { authority: 'Amazon' });
  }
  const target = estate.resolve(value, ['aws_acmpca_certificate_authority'], certificate);
  if (target.kind === 'hidden') return unproven(target.value);
  if (target.kind === 'none') return unproven('names no authority that is known');
  if (target.kind === 'outside') {
    const isNamed = value.kind === 'string' && authorities.includes(value.value);
    return isNamed ? pass() : fail({ path, value }, 'authority', { authority: target.text });
  }
  const { resource } = target;
  const names = [`${resource.stack}:${resource.address}`, asString(resource.attribute('arn'))];
  if (authorities.some((authority) => names.includes(authority))) return pass();
  return fail({ path, value, related: [resource] }, 'authority', { authority: resource.address });
}
