import { parseKmsArn } from '../../model/aws/arn.ts';
import { regionCountry } from '../../model/aws/jurisdictions.ts';
import type { Backend, Stack } from '../../model/estate.ts';
import type { Body } from '../../model/resource.ts';
import { asBoolean, asItems, asString, isHidden, NULL, string, type Value } from '../../model/value.ts';
import { countryAllowed } from '../../policy/sites.ts';
import { type At, type Context, defineCheck, type Outcome, type Subject } from '../check.ts';
import { endpointOf } from './endpoint.ts';
import { stateExtent } from './state-place.ts';

const HCP_TERRAFORM = 'app.terraform.io';

/** Without one of these the configuration is partial: `-backend-config` must give the rest. */
const REQUIRED = ['bucket', 'key', 'region'] as const;

/** Arguments that replace an AWS endpoint; those of services stand in the block `endpoints` too. */
const ENDPOINTS = ['endpoint', 'dynamodb_endpoint', 'sts_endpoint', 'iam_endpoint'] as const;
const STORES = ['s3', 'dynamodb'] as const;

export default defineCheck({
  id: 'RES-012',
  why: 'State holds secrets in plain text and the whole topology. CDKTF keeps it on the machine of whoever runs it unless a backend is declared, and HCP Terraform keeps it in the United States.',
  fix: 'Declare an S3 backend in the Region of the site with encrypt true, kms_key_id a customer key of that Region, and use_lockfile true or a dynamodb_table.',
  references: ['https://developer.hashicorp.com/terraform/language/backend/s3'],
  resourceTypes: [],
  messages: {
    undeclared: 'declares no backend, so its state is a file on the machine that runs Terraform',
    backend: ({ type, allowed }: { type: string; allowed: string }) =>
      `keeps its state in the backend ${type}; the policy accepts ${allowed}`,
    hcp: ({ type }: { type: string }) =>
      `keeps its state by the backend ${type} at ${HCP_TERRAFORM}, in the United States`,
    country: ({ region, reason }: { region: string; reason: string }) => `keeps its state in ${region}: ${reason}`,
    region: ({ region, sites }: { region: string; sites: string }) =>
      `keeps its state in ${region}, which is not the Region of ${sites}`,
    bucket: ({ bucket, region }: { bucket: string; region: string }) =>
      `keeps its state in the bucket ${bucket}, which lies in ${region}`,
    endpoint: ({ host }: { host: string }) =>
      `keeps its state at ${host}, which is not AWS in the Region of the backend`,
    plain: ({ value }: { value: string }) => `does not encrypt its state: encrypt is ${value}`,
    key: ({ key }: { key: string }) => `encrypts its state with ${key}, which is no customer key`,
    keyRegion: ({ key, region }: { key: string; region: string }) =>
      `encrypts its state with ${key}, which is not in ${region}`,
    noKey: 'encrypts its state with no customer key: kms_key_id is not set',
    unlocked: 'does not lock its state: neither use_lockfile nor dynamodb_table is set',
  },

  subjects({ estate }: Context): readonly Extract<Subject, { kind: 'stack' }>[] {
    return estate.stacks.map(({ name, backend }) => ({ kind: 'stack', stack: name, location: backend.location }));
  },

  inspect(subject, { estate, policy, asOf, pass, fail, unproven, all }) {
    const stack = estate.stacks.find(({ name }) => name === subject.stack);
    if (stack === undefined) return unproven('is not among the inputs that could be read');
    return inspectBackend(stack);

    function inspectBackend({ name, backend, origin, synthesised }: Stack): Outcome {
      const { type, isDeclared, body } = backend;
      if (!isDeclared && origin === 'plan' && synthesised === undefined) {
        return unproven('is read from its plan, which does not show the backend; name the synthesised stack too');
      }
      if (!isDeclared) return fail({ location: backend.location }, 'undeclared');
      const place = { location: backend.location, extent: stateExtent(body) };
      if (type === 'cloud' || type === 'remote') {
        const hostname = asString(body?.value('hostname') ?? NULL);
        if (hostname === null || hostname === HCP_TERRAFORM) return fail(place, 'hcp', { type });
      }
      const isAccepted = policy.state.backends.includes(type);
      const kind = isAccepted ? pass() : fail(place, 'backend', { type, allowed: policy.state.backends.join(', ') });
      if (type === 's3' && body !== null) return all([kind, ...inspectS3(name, backend, body)]);
      return isAccepted ? unproven(`keeps its state in the backend ${type}, which no table knows`) : kind;
    }

    function inspectS3(name: string, backend: Backend, body: Body): readonly Outcome[] {
      const extent = { bucket: body.value('bucket') };
      const at = (key: string): At => ({ path: [key], value: body.value(key), location: body.locate([key]), extent });
      const missing = REQUIRED.filter((key) => body.value(key).kind === 'null');
      const isPartial = missing.length > 0;
      const region = asString(body.value('region'));
      return [
        isPartial
          ? unproven(`has a partial backend configuration: ${missing.join(', ')} must come from -backend-config`)
          : pass(),
        inspectRegion(),
        inspectBucket(),
        ...endpoints().map(([key, value]) => inspectEndpoint(key, value)),
        inspectEncryption(),
        inspectKey(),
        inspectLock(),
      ];

      function inspectRegion(): Outcome {
        if (region === null) return pass();
        if (isHidden(region)) return unproven(region);
        const country = regionCountry(region);
        const judgement = country === null ? null : countryAllowed(country, policy, asOf);
        if (judgement?.kind === 'refused') return fail(at('region'), 'country', { region, reason: judgement.reason });
        const expected = policy.stacks.find((candidate) => candidate.name === name);
        if (expected === undefined) return unproven('belongs to no site: the policy does not expect the stack');
        const sites = policy.sites.filter(({ id }) => expected.sites.includes(id));
        if (sites.some((site) => site.region === region)) return pass();
        return fail(at('region'), 'region', { region, sites: sites.map(({ id }) => id).join(' or ') });
      }

      /** A bucket of the estate shows where it is; for any other the Region of the backend must be its own. */
      function inspectBucket(): Outcome {
        const bucket = asString(body.value('bucket'));
        if (bucket === null) return pass();
        if (isHidden(bucket)) return unproven(bucket);
        const target = estate.resolve(string(bucket), ['aws_s3_bucket']);
        if (target.kind === 'hidden') return unproven(target.value);
        if (target.kind !== 'resource') return inspectNamelessBuckets();
        const place = asString(estate.place(target.resource).region);
        if (isHidden(place)) return unproven(place);
        if (place === null || region === null || isHidden(region) || place === region) return pass();
        return fail({ ...at('bucket'), related: [target.resource] }, 'bucket', { bucket, region: place });
      }

      /** A bucket of the estate whose name the run gives may be the one. */
      function inspectNamelessBuckets(): Outcome {
        const elsewhere = estate.ofType('aws_s3_bucket').flatMap((resource) => {
          const named = asString(resource.attribute('bucket'));
          return isHidden(named) && asString(estate.place(resource).region) !== region ? [unproven(named)] : [];
        });
        return all(elsewhere);
      }

      function endpoints(): readonly (readonly [string, Value])[] {
        const blocks = asItems(body.value('endpoints'));
        const inBlocks = blocks.items.flatMap((block) =>
          block.kind === 'object' ? STORES.map((key) => block.entries.get(key) ?? NULL) : [block],
        );
        return [
          ...ENDPOINTS.map((key) => [key, body.value(key)] as const),
          ...[...inBlocks, ...blocks.open].map((value) => ['endpoints', value] as const),
        ];
      }

      function inspectEndpoint(key: string, value: Value): Outcome {
        const text = asString(value);
        if (text === null) return pass();
        if (isHidden(text)) return unproven(text);
        const endpoint = endpointOf(text, policy.partition);
        const fails = () => fail({ ...at(key), value }, 'endpoint', { host: endpoint.host });
        switch (endpoint.kind) {
          case 'outside':
            return fails();
          case 'unclear':
            return unproven(`keeps its state at ${endpoint.host}, which names no Region`);
          case 'region':
            return region === null || isHidden(region) || region === endpoint.region ? pass() : fails();
        }
      }

      function inspectEncryption(): Outcome {
        const encrypt = asBoolean(body.value('encrypt'));
        if (isHidden(encrypt)) return unproven(encrypt);
        if (encrypt === true) return pass();
        if (encrypt === null && isPartial) return partial('encrypt');
        return fail(at('encrypt'), 'plain', { value: encrypt === null ? 'not set' : 'false' });
      }

      function inspectKey(): Outcome {
        const own = body.value('sse_customer_key');
        if (own.kind !== 'null') return unproven('encrypts its state with sse_customer_key, which no KMS key protects');
        const key = asString(body.value('kms_key_id'));
        if (isHidden(key)) return unproven(key);
        if (key === null) return isPartial ? partial('kms_key_id') : fail(at('kms_key_id'), 'noKey');
        const parsed = parseKmsArn(key);
        if (parsed?.isAwsManaged === true || key.startsWith('alias/aws/'))
          return fail(at('kms_key_id'), 'key', { key });
        if (parsed === null) return unproven(`encrypts its state with ${key}, which is no ARN, so it may be any key`);
        if (region !== null && !isHidden(region) && parsed.arn.region !== region) {
          return fail(at('kms_key_id'), 'keyRegion', { key, region });
        }
        const isOurs =
          policy.sites.some(({ account }) => account === parsed.arn.account) ||
          policy.keys.register.some(({ arn }) => arn === key);
        return isOurs ? pass() : unproven(`encrypts its state with ${key}, of an account that is of no site`);
      }

      function inspectLock(): Outcome {
        const lockFile = asBoolean(body.value('use_lockfile'));
        const table = asString(body.value('dynamodb_table'));
        if (lockFile === true || (typeof table === 'string' && table !== '')) return pass();
        if (isHidden(lockFile)) return unproven(lockFile);
        if (isHidden(table)) return unproven(table);
        return isPartial ? partial('use_lockfile') : fail({ location: backend.location }, 'unlocked');
      }

      function partial(key: string): Outcome {
        return unproven(`may get ${key} from -backend-config`);
      }
    }
  },

  examples: {
    compliant: [{ stacks: { west: { resource: { aws_sqs_queue: { receipts: {} } } } } }],
    violating: [
      {
        stacks: {
          west: {
            terraform: {
              required_providers: { aws: { source: 'aws', version: '6.25.0' } },
              backend: { local: { path: 'terraform.tfstate' } },
            },
            resource: { aws_sqs_queue: { receipts: {} } },
          },
        },
      },
    ],
  },
});
