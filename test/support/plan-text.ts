/** One managed resource of a plan that is written by hand. */
export interface PlannedResource {
  readonly address: string;
  readonly after?: object;
  readonly unknown?: object;
  readonly sensitive?: object;
  readonly before?: object;
  readonly actions?: readonly string[];
  /** Null: the configuration does not have it, or not here. */
  readonly expressions?: object | null;
  /** `count_expression`, `for_each_expression`. */
  readonly repetition?: object;
  readonly index?: string | number;
}

export interface PlannedStack {
  readonly resources: readonly PlannedResource[];
  readonly outputs?: object;
  readonly variables?: object;
  /** Members of `configuration.root_module`. */
  readonly root?: object;
  readonly providers?: object;
  readonly data?: readonly { readonly address: string; readonly values: object }[];
  readonly fields?: object;
}

const AWS = { name: 'aws', full_name: 'registry.terraform.io/hashicorp/aws', version_constraint: '~> 6.25' };

/** `terraform show -json` of a plan, as far as the reader looks at it. */
export function planText({ resources, outputs, variables, root, providers, data = [], fields }: PlannedStack): string {
  const changes = resources.map(({ address, after, unknown = {}, sensitive = {}, before, actions, index }) => ({
    ...identityOf(address),
    ...(index === undefined ? {} : { index }),
    provider_name: AWS.full_name,
    change: {
      actions: actions ?? (before === undefined ? ['create'] : ['update']),
      before: before ?? null,
      after: after ?? null,
      after_unknown: unknown,
      after_sensitive: sensitive,
    },
  }));
  const blocks = resources
    .filter(({ expressions }) => expressions !== null && expressions !== undefined)
    .map(({ address, expressions, repetition = {} }) => ({
      ...identityOf(address.replace(/\[.*$/, '')),
      provider_config_key: 'aws',
      expressions,
      ...repetition,
    }));
  const prior = data.map(({ address, values }) => ({ ...identityOf(address), values, sensitive_values: {} }));
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: {
      root_module: {
        resources: changes
          .filter(({ change }) => change.after !== null)
          .map(({ change, ...own }) => ({ ...own, values: change.after })),
      },
    },
    resource_changes: changes,
    prior_state: { values: { root_module: { resources: prior } } },
    configuration: {
      provider_config: providers ?? { aws: AWS },
      root_module: {
        resources: [...blocks, ...data.map(({ address }) => ({ ...identityOf(address), expressions: {} }))],
        outputs: outputs ?? {},
        ...root,
      },
    },
    variables: variables ?? {},
    complete: true,
    errored: false,
    ...fields,
  });
}

function identityOf(address: string): { address: string; mode: string; type: string; name: string } {
  const own = address.replace(/^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*/, '');
  const isData = own.startsWith('data.');
  const [type = '', name = ''] = own.replace(/^data\./, '').split(/[.[]/);
  return {
    address,
    ...(own === address ? {} : { module_address: address.slice(0, -own.length - 1) }),
    mode: isData ? 'data' : 'managed',
    type,
    name,
  };
}
