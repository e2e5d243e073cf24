import type { GeneratedStack } from './estate.ts';
import type { GeneratedSite } from './network-site.ts';

type Body = { readonly [key: string]: unknown };

/** One stack of a generated network while it is being made, and how its parts name each other. */
export class StackBody {
  readonly name: string;
  readonly sites: readonly GeneratedSite[];
  readonly #resources: { [type: string]: { [name: string]: Body } } = {};
  readonly #outputs: { [name: string]: Body } = {};
  readonly #states: { [name: string]: Body } = {};

  /** A stack of several sites has a provider for each: that of the first without an alias. */
  constructor(name: string, sites: readonly GeneratedSite[]) {
    this.name = name;
    this.sites = sites;
  }

  /** Adds a resource and gives its address, by which `id` refers to it. */
  add(type: string, name: string, body: Body): string {
    const metadata = { path: `${this.name}/${name}`, stackTrace: [`stacks/${this.name}.ts:12:5`], uniqueId: name };
    (this.#resources[type] ??= {})[name] = { '//': { metadata }, ...body };
    return `${type}.${name}`;
  }

  /** Adds what CDKTF adds when another stack refers to an attribute. */
  output(reference: string): void {
    this.#outputs[`cross-stack-output-${reference.replaceAll('.', '')}`] = {
      sensitive: true,
      value: `\${${reference}}`,
    };
  }

  /** The attribute of a resource in the stack of a site. */
  foreign({ id, region, account }: GeneratedSite, reference: string): string {
    const state = `cross-stack-reference-input-${id}`;
    this.#states[state] = {
      backend: 's3',
      config: backendOf({ stack: id, region, account }),
      workspace: '${terraform.workspace}',
    };
    return `\${data.terraform_remote_state.${state}.outputs.cross-stack-output-${reference.replaceAll('.', '')}}`;
  }

  generated(): GeneratedStack {
    const [own] = this.sites;
    if (own === undefined) throw new TypeError(`the stack ${this.name} is of no site`);
    const content = {
      '//': { metadata: { backend: 's3', stackName: this.name, version: '0.21.0' }, outputs: {} },
      data: { terraform_remote_state: this.#states },
      output: this.#outputs,
      provider: {
        aws: this.sites.map(({ id, region, account }) => ({
          ...(id === own.id ? {} : { alias: id }),
          region,
          allowed_account_ids: [account],
          default_tags: [{ tags: { 'ledger:site': id } }],
        })),
      },
      resource: this.#resources,
      terraform: {
        backend: { s3: { ...backendOf({ ...own, stack: this.name }), use_lockfile: true } },
        required_providers: { aws: { source: 'aws', version: '6.25.0' } },
      },
    };
    return { name: this.name, text: JSON.stringify(content, null, 2) };
  }
}

export function id(address: string): string {
  return `\${${address}.id}`;
}

function backendOf({
  stack,
  region,
  account,
}: {
  readonly stack: string;
  readonly region: string;
  readonly account: string;
}): Body {
  return {
    bucket: 'ledger-state',
    encrypt: true,
    key: `${stack}.tfstate`,
    kms_key_id: `arn:aws:kms:${region}:${account}:key/00000000-0000-4000-8000-000000000000`,
    region,
  };
}
