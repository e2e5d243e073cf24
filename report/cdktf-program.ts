import type { StackJson } from '../checks/check.ts';
import { constructOf, propertyOf } from '../model/aws/bindings.ts';

/** Arguments whose keys are the program's own names, and no arguments. */
const MAPS: ReadonlySet<string> = new Set([
  'environment_variables',
  'log_destination',
  'tags',
  'tags_all',
  'variables',
]);

/** Blocks of which there may be several: the bindings take a list, and Terraform one without it too. */
const LISTS: ReadonlySet<string> = new Set([
  'default_action',
  'principals',
  'server_certificate_configuration',
  'scope.destination_ports',
  'server_certificate_configuration.scope',
  'server_certificate_configuration.server_certificate',
  'statement',
  'target_failover',
  'tls_inspection_configuration',
]);

/** Numbers that the provider keeps as text. */
const TEXTS: ReadonlySet<string> = new Set(['amazon_side_asn', 'bgp_asn', 'health_check.port']);

/** A reference alone, `${aws_kms_key.ledger.arn}`, and in a longer text. */
const REFERENCE = /\$\{(?<data>data\.)?(?<type>aws_\w+)\.(?<name>[\w-]+)\.(?<attribute>\w+)\}/;
const REFERENCES = new RegExp(REFERENCE.source, 'g');

const WIDTH = 100;

interface Declaration {
  /** `aws_kms_key.ledger`, `data.aws_kms_key.ledger`. */
  readonly address: string;
  readonly variable: string;
  readonly construct: string;
  readonly module: string;
  readonly id: string;
  readonly values: Record;
}

interface Record {
  readonly [key: string]: unknown;
}

/**
 * The resources of a stack as a CDKTF program has them: imports, then constructs in an order in which each is declared
 * before it is named. What CDKTF has no construct for stays an expression of Terraform in a string, which it takes too.
 */
export function cdktfProgram(stack: StackJson): readonly string[] {
  const declarations = declarationsOf(stack);
  const sorted = sortedByUse(declarations);
  const known = new Map(sorted.map((declaration) => [declaration.address, declaration]));
  const used = new Set(sorted.flatMap(({ values }) => referencesIn(values)));
  const imports = new Map(sorted.map(({ construct, module }) => [construct, module]));
  return [
    ...Array.from(imports, ([construct, module]) => `import { ${construct} } from '${module}';`),
    ...(imports.size === 0 ? [] : ['']),
    ...sorted.flatMap((declaration, index) => {
      // What a cycle leaves behind is named before it is there: its expression stays one of Terraform.
      const declared = new Map(sorted.slice(0, index).map(({ address }) => [address, known.get(address)]));
      const { address, variable, construct, id, values } = declaration;
      const text = `new ${construct}(this, ${quoted(id)}, ${objectOf(values, declared, 0, false)});`;
      return `${used.has(address) ? `const ${variable} = ` : ''}${text}`.split('\n');
    }),
  ];
}

function declarationsOf(stack: StackJson): readonly Declaration[] {
  const taken = { variables: new Set<string>(), ids: new Set<string>() };
  const declared = (address: string, type: string, construct: Construct, name: string, values: unknown) =>
    isRecord(values) ? [{ address, values, ...construct, ...namesOf(name, type, construct, taken) }] : [];
  return [
    ...providersOf(stack).flatMap(([address, name, values]) =>
      declared(address, 'aws_provider', PROVIDER, name, values),
    ),
    ...(['data', 'resource'] as const).flatMap((section) =>
      entriesOf(stack[section]).flatMap(([type, byName]) =>
        entriesOf(byName).flatMap(([name, values]) => {
          const isData = section === 'data';
          const { name: construct, module } = constructOf(type);
          const made = isData
            ? { construct: `DataAws${construct}`, module: module.replace('/lib/', '/lib/data-aws-') }
            : { construct, module };
          return declared(`${isData ? 'data.' : ''}${type}.${name}`, type, made, name, values);
        }),
      ),
    ),
  ];
}

type Construct = Pick<Declaration, 'construct' | 'module'>;

const PROVIDER: Construct = { construct: 'AwsProvider', module: '@cdktf/provider-aws/lib/provider/index.js' };

/** Providers by what `provider` arguments call them: `aws`, or `aws.home` with an alias. */
function providersOf({ provider }: StackJson): readonly (readonly [address: string, name: string, values: unknown])[] {
  return entriesOf(provider).flatMap(([type, configurations]) =>
    (Array.isArray(configurations) ? configurations : [configurations]).map((values: unknown) => {
      const alias: unknown = isRecord(values) ? values['alias'] : undefined;
      return typeof alias === 'string'
        ? ([`${type}.${alias}`, alias, values] as const)
        : ([type, type, values] as const);
    }),
  );
}

/** `ledger` for the first construct of that name, `ledgerKmsKey` and `ledger-kms-key` for the next: a scope has each once. */
function namesOf(
  name: string,
  type: string,
  { construct }: Construct,
  taken: { readonly variables: Set<string>; readonly ids: Set<string> },
): Pick<Declaration, 'variable' | 'id'> {
  const plain = propertyOf([name.replaceAll('-', '_')]);
  const variable = isName(plain) && !taken.variables.has(plain) ? plain : `${plain}${construct}`;
  const id = taken.ids.has(name) ? `${name}-${type.replace(/^aws_/, '').replaceAll('_', '-')}` : name;
  taken.variables.add(variable);
  taken.ids.add(id);
  return { variable, id };
}

/** What others name first; otherwise in the order of the stack. */
function sortedByUse(declarations: readonly Declaration[]): readonly Declaration[] {
  const sorted: Declaration[] = [];
  let left = declarations;
  while (left.length > 0) {
    const waiting = new Set(left.map(({ address }) => address));
    const ready = left.filter(
      ({ address, values }) => !referencesIn(values).some((other) => other !== address && waiting.has(other)),
    );
    const next = ready.length > 0 ? ready : left.slice(0, 1);
    sorted.push(...next);
    left = left.filter((declaration) => !next.includes(declaration));
  }
  return sorted;
}

function referencesIn(values: unknown): readonly string[] {
  const text = JSON.stringify(values);
  const provider = isRecord(values) ? values['provider'] : undefined;
  const named = Array.from(text.matchAll(REFERENCES), ({ groups }) => addressOf(groups));
  return typeof provider === 'string' ? [provider, ...named] : named;
}

function addressOf(groups: { readonly [name: string]: string | undefined } | undefined): string {
  return `${groups?.['data'] ?? ''}${groups?.['type'] ?? ''}.${groups?.['name'] ?? ''}`;
}

type Declared = ReadonlyMap<string, Declaration | undefined>;

/** Values of an example nest as deep as a person writes them. */
function codeOf(value: unknown, declared: Declared, depth: number, isMap: boolean, key: string): string {
  if (typeof value === 'string') return textOf(value, declared, depth);
  if (Array.isArray(value)) {
    const items = value.map((item) => codeOf(item, declared, depth + 1, isMap, key));
    return layout('[', items, ']', depth);
  }
  return isRecord(value) ? objectOf(value, declared, depth, isMap, key) : JSON.stringify(value);
}

function objectOf(values: Record, declared: Declared, depth: number, isMap: boolean, parent = ''): string {
  const members = entriesOf(values)
    .filter(([key]) => key !== '//')
    .map(([key, value]) => {
      const name = isMap ? key : propertyOf([key]);
      const written = isMap ? value : asArgument(value, key, parent);
      const code =
        key === 'provider' && !isMap && typeof value === 'string'
          ? (declared.get(value)?.variable ?? quoted(value))
          : codeOf(written, declared, depth + 1, isMap || MAPS.has(key), key);
      return `${isName(name) ? name : quoted(name)}: ${code}`;
    });
  return layout('{', members, '}', depth);
}

/** A value in the type that the bindings have for it. */
function asArgument(value: unknown, key: string, parent: string): unknown {
  const isIn = (names: ReadonlySet<string>): boolean => names.has(key) || names.has(`${parent}.${key}`);
  if (isRecord(value)) return isIn(LISTS) ? [value] : value;
  return isIn(TEXTS) && typeof value === 'number' ? String(value) : value;
}

/** On one line where it fits. */
function layout(open: string, items: readonly string[], close: string, depth: number): string {
  if (items.length === 0) return `${open}${close}`;
  const pad = open === '{' ? ' ' : '';
  const line = `${open}${pad}${items.join(', ')}${pad}${close}`;
  const indent = '  '.repeat(depth);
  if (!line.includes('\n') && indent.length + line.length < WIDTH - 40) return line;
  return `${open}\n${items.map((item) => `${indent}  ${item},`).join('\n')}\n${indent}${close}`;
}

function textOf(text: string, declared: Declared, depth: number): string {
  const document = jsonIn(text);
  if (document !== null) return `JSON.stringify(${objectOf(document, declared, depth, true)})`;
  const names = referencesIn(text);
  const isKnown = names.length > 0 && names.every((name) => declared.get(name) !== undefined);
  // Any other expression keeps the whole text one of Terraform.
  if (!isKnown || text.replaceAll(REFERENCES, '').includes('${')) return quoted(text);
  const written = (groups: { readonly [name: string]: string | undefined }): string =>
    `${declared.get(addressOf(groups))?.variable ?? ''}.${propertyOf([groups['attribute'] ?? ''])}`;
  const [only] = text.matchAll(REFERENCES);
  if (only?.[0] === text) return written(only.groups ?? {});
  const parts = text.replaceAll(/[`\\]/g, '\\$&').replaceAll(REFERENCES, (...match) => {
    const groups: unknown = match.at(-1);
    return `\${${written(isGroups(groups) ? groups : {})}}`;
  });
  return `\`${parts}\``;
}

/** A document in a text, such as a policy of IAM. */
function jsonIn(text: string): Record | null {
  if (!text.startsWith('{')) return null;
  try {
    const document: unknown = JSON.parse(text);
    return isRecord(document) ? document : null;
  } catch {
    return null;
  }
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function isName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

function isGroups(value: unknown): value is { readonly [name: string]: string | undefined } {
  return typeof value === 'object' && value !== null;
}

function isRecord(value: unknown): value is Record {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isRecord(value) ? Object.entries(value) : [];
}
