import fc from 'fast-check';

/** The files of a generated root module, by name. */
export type ModuleFiles = Readonly<Record<string, string>>;

/**
 * Root modules in Terraform's JSON syntax over the built-in `terraform_data`, written as text: the syntax that only
 * text has (repeated keys, escapes, arrays at label levels, spellings of numbers) is part of what they try. Most are
 * sound; some hold one thing that Terraform may refuse.
 */
export function sampleModules(count: number, seed: number): readonly ModuleFiles[] {
  const modules = fc.gen().map((gen) => new ModuleWriter(gen).write());
  return fc.sample(modules, { numRuns: count, seed });
}

type Generator = fc.GeneratorValue;
type Member = readonly [key: string, json: string];

const TEXTS = ['', 'a', 'b', 'ledger', 'tromsø', 'A\u030a', '\u00c5', '\ufeffx', 'x\ufeff', '5', 'true', ' ', '"\\/'];
const MORE_TEXTS = ['$${x}', '%%{x}', '$', '\u0000', '\u{1f600}', 'a\nb', '//', 'null', '__proto__', '<&>\u2028'];
const NUMBERS = ['0', '1', '2', '-1', '-0', '1.0', '1e3', '1E-2', '0.1', '12345678901234567890', '1.5e+3', '1e21'];
const KEYS = ['a', 'b', 'k 1', 'tromsø', 'A\u030a', '__proto__', 'constructor', '//', 'dynamic', '1', '${1}', '${"x"}'];
const EACH_KEYS = ['a', 'b', 'x y', 'q"\\', 'A\u030a', '$${x}', '\u{1f600}', 'toString', '\n', '1', ''];
const FUNCTIONS = ['length', 'jsonencode', 'tostring', 'keys', 'values', 'try', 'can', 'toset', 'tolist'];
const TYPES = ['string', 'number', 'bool', 'any', 'list(string)', 'set(string)', 'map(any)', 'list'];
const MORE_TYPES = ['object({ a = optional(string, "d"), b = optional(number) })', 'tuple([string, number])'];

/** Without the preference for small numbers that fast-check has, which would make rare things common. */
function evenly(maximum: number): fc.Arbitrary<number> {
  return fc.noBias(fc.nat({ max: maximum }));
}

/** Writes one module; every choice comes from the generator, so that a seed gives the same modules. */
class ModuleWriter {
  readonly #gen: Generator;
  /** Expressions of names that are declared already, so that most references lead somewhere and form no cycle. */
  readonly #names: string[] = [];
  readonly #collections: string[] = [];

  constructor(gen: Generator) {
    this.#gen = gen;
  }

  write(): ModuleFiles {
    const given: Member[] = [];
    const variables = this.#repeat(3, (index) => this.#variable(`v${index}`, given));
    const locals = this.#repeat(4, (index) => this.#local(`l${index}`));
    const resources = this.#repeat(5, (index) => this.#resource(`r${index}`));
    const outputs = this.#repeat(2, (index): Member => [`o${index}`, this.#object([['value', this.#value(1)]])]);
    const blocks = [
      ...this.#spread('variable', variables),
      ...this.#spread('locals', locals),
      ...this.#spread('resource', [...this.#spread('terraform_data', resources)]),
      ...this.#spread('output', outputs),
      ...this.#extras(),
      ...(this.#chance(15) ? [this.#mischief()] : []),
      ...(this.#chance(40) ? ([['//', this.#value(1)]] satisfies Member[]) : []),
    ];
    const files: Record<string, string> = {};
    const names = ['main.tf.json', 'more.tf.json', 'cdk.tf.json'].slice(0, 1 + this.#nat(2));
    const shares = names.map((): Member[] => []);
    for (const block of blocks) shares[this.#nat(names.length - 1)]?.push(block);
    names.forEach((name, index) => (files[name] = this.#object(shares[index] ?? [])));
    if (given.length > 0) files['terraform.tfvars.json'] = this.#object(given);
    if (given.length > 0 && this.#chance(20)) files['z.auto.tfvars.json'] = this.#object(given.slice(0, 1));
    return files;
  }

  #variable(name: string, given: Member[]): Member {
    const type = this.#chance(60) ? this.#pick([...TYPES, ...MORE_TYPES]) : null;
    const body: Member[] = [];
    if (type !== null) body.push(['type', this.#string(this.#pick([type, type, type, `${type} `]))]);
    if (this.#chance(10)) body.push(['nullable', this.#pick(['false', 'true', '"false"'])]);
    if (this.#chance(10)) body.push(['sensitive', this.#pick(['true', 'false', '"true"'])]);
    if (this.#chance(15)) body.push(['//', '"comment"']);
    const isGiven = this.#chance(80);
    const literal = this.#literalOf(type);
    if (!isGiven || this.#chance(20)) body.push(['default', literal]);
    if (isGiven) given.push([name, this.#chance(4) ? 'null' : literal]);
    this.#names.push(`var.${name}`);
    return [name, this.#wrapped(this.#object(body))];
  }

  /** Mostly of the type, else of any. */
  #literalOf(type: string | null): string {
    const wanted = this.#chance(2) ? null : type;
    switch (wanted) {
      case 'string':
        return this.#pick(['"x"', '5', 'true', '"A\\u030a"', '-0']);
      case 'number':
        return this.#pick(['5', '"5"', '1e3', '"0.50"']);
      case 'bool':
        return this.#pick(['true', '"false"', '"1"']);
      case 'list(string)':
      case 'set(string)':
      case 'list':
        return this.#pick(['["b","a","b"]', '[1,"1"]', '[]', '["x"]']);
      case 'map(any)':
        return this.#pick(['{"a":1,"b":"x"}', '{}', '{"a":true}']);
      case 'tuple([string, number])':
        return '[1,"2"]';
      case 'object({ a = optional(string, "d"), b = optional(number) })':
        return this.#pick(['{}', '{"a":1,"more":2}', '{"a":null,"b":"3"}']);
      default:
        return this.#pick(['"x"', '5', '{"a":[1,{"b":null}]}', '["a","b"]', 'false', '{"k":"${x}"}', '"\\ufeffx"']);
    }
  }

  #local(name: string): Member {
    const json = this.#value(2);
    this.#names.push(`local.${name}`);
    if (json.startsWith('{') || json.startsWith('[')) this.#collections.push(`local.${name}`);
    return [name, json];
  }

  #resource(name: string): Member {
    const address = `terraform_data.${name}`;
    const body: Member[] = [];
    const inside: string[] = [];
    let reference = address;
    switch (this.#nat(5)) {
      case 0:
        body.push(['count', this.#count()]);
        inside.push('count.index');
        reference = this.#pick([`${address}[0]`, `${address}[*]`, `one(${address})`]);
        break;
      case 1: {
        const [json, key] = this.#forEach();
        body.push(['for_each', json]);
        inside.push('each.key', 'each.value');
        reference = `${address}[${key}]`;
        break;
      }
      default:
        break;
    }
    const own: Member[] = [];
    if (this.#chance(90)) own.push(['input', this.#value(2, inside)]);
    if (this.#chance(20)) own.push(['triggers_replace', this.#value(1, inside)]);
    if (this.#chance(12)) body.push(['_', this.#wrapped(this.#object(own))]);
    else body.push(...own);
    if (this.#chance(20)) body.push(['//', this.#pick(['"x"', '{"metadata":{"path":"p"}}', 'null'])]);
    if (this.#chance(15)) body.push(['lifecycle', this.#wrapped(this.#lifecycle())]);
    if (this.#chance(8)) body.push(['provider', this.#pick(['"terraform"', '" terraform "'])]);
    if (this.#chance(8)) body.push(['provisioner', '{"local-exec":{"command":"true"}}']);
    if (inside.includes('each.key')) this.#collections.push(address);
    this.#names.push(`${reference}.input`, `${reference}.${this.#pick(['id', 'output', 'input', 'triggers_replace'])}`);
    return [name, this.#wrapped(this.#object(body))];
  }

  #lifecycle(): string {
    return this.#pick([
      '{"ignore_changes":["input"]}',
      '{"ignore_changes":" all "}',
      '{"prevent_destroy":true}',
      '{"create_before_destroy":"true"}',
      '{"precondition":{"condition":"${path.root != null}","error_message":"No."}}',
      '{}',
    ]);
  }

  #count(): string {
    const names = [
      ...this.#collections.map((name) => `"\${length(${name})}"`),
      ...this.#names.map((name) => `"\${min(${name}, 3)}"`),
    ];
    if (names.length > 0 && this.#chance(20)) return this.#pick(names);
    return this.#chance(10)
      ? this.#pick(['null', 'true', '-1', '1.5', '"x"', '[]', '"${null}"'])
      : this.#pick(['0', '1', '2', '"2"', '3.0', '2e0', '"${1 + 1}"', '"${length([1])}"']);
  }

  /** The argument, and the expression of a key in it. */
  #forEach(): readonly [json: string, key: string] {
    if (this.#collections.length > 0 && this.#chance(25)) return [`"\${${this.#pick(this.#collections)}}"`, '"a"'];
    if (this.#chance(10)) return [this.#pick(['null', '["a"]', '"a"', '5', '"${toset([1])}"', '"${null}"']), '"a"'];
    const keys = this.#repeat(3, () => this.#pick(EACH_KEYS));
    const distinct = [...new Set(keys.map((key) => key.normalize('NFC')))];
    const [first = 'a'] = distinct;
    const expression = JSON.stringify(first).replaceAll('/', '/');
    if (this.#chance(40)) return [this.#string(`\${toset([${distinct.map(quoted).join(', ')}])}`), expression];
    return [this.#object(distinct.map((key): Member => [key, this.#value(1)])), expression];
  }

  /** A JSON value whose strings are templates. */
  #value(depth: number, inside: readonly string[] = []): string {
    const choice = this.#nat(depth > 0 ? 11 : 8);
    switch (choice) {
      case 0:
        return this.#pick(NUMBERS);
      case 1:
        return this.#pick(['true', 'false', 'null']);
      case 2:
      case 3:
        return this.#string(this.#pick([...TEXTS, ...MORE_TEXTS]));
      case 4:
      case 5:
      case 6:
      case 7:
      case 8:
        return this.#string(this.#template(inside));
      case 9: {
        const items = this.#repeat(3, () => this.#value(depth - 1, inside));
        return `[${items.join(this.#space(','))}]`;
      }
      default: {
        const members = this.#repeat(3, () => [this.#pick(KEYS), this.#value(depth - 1, inside)] as const);
        const distinct = new Map(members.map(([key, json]) => [key.normalize('NFC'), json]));
        return this.#object([...distinct]);
      }
    }
  }

  #template(inside: readonly string[]): string {
    const expression = this.#expression(inside);
    switch (this.#nat(6)) {
      case 0:
        return `p-\${try(tostring(${expression}), "q")}-s`;
      case 1:
        return `%{ if can(${expression}) }y%{ else }n%{ endif }`;
      case 2:
        return `%{ for x in [1, "b"] ~} \${x}\n%{ endfor }`;
      case 3:
        return `\${<<EOT\nline \${jsonencode(${expression})}\nEOT\n}`;
      default:
        return `\${ ${expression} }`;
    }
  }

  #expression(inside: readonly string[]): string {
    const names = [...inside, ...inside, ...this.#names];
    const name = names.length > 0 ? this.#pick(names) : '"lone"';
    const other = names.length > 0 ? this.#pick(names) : '1';
    switch (this.#nat(12)) {
      case 0:
        return this.#chance(15) ? `${this.#pick(FUNCTIONS)}(${name})` : `try(${this.#pick(FUNCTIONS)}(${name}), 7)`;
      case 1:
        return `${name} == ${other}`;
      case 2:
        return `${name} == null ? ${other} : jsonencode(${other})`;
      case 3:
        return `[for k, v in ${this.#collections.length > 0 ? this.#pick(this.#collections) : '{a = 1}'} : k]`;
      case 4:
        return `{ for k in ["x", "y"] : k => ${name} }`;
      case 5:
        return this.#pick(['[1, "2"][0]', '{ a = 1 }.a', '1 + 2', '!false', '"${1}"', 'max(1, 2)', 'upper("æ")']);
      case 6:
        return `[${name}, ${other}]`;
      case 7:
        return `try(${name}.a, ${name}[0], "neither")`;
      default:
        return name;
    }
  }

  /** Blocks that make no resource, at most one of each. */
  #extras(): readonly Member[] {
    const blocks: readonly Member[] = [
      ['terraform', this.#wrapped('{"required_version":">= 1.0"}')],
      ['provider', this.#pick(['{"terraform":{}}', '{"terraform":[{}]}'])],
      ['moved', this.#wrapped('{"from":"terraform_data.before","to":"terraform_data.r0"}')],
      ['removed', this.#wrapped('{"from":"terraform_data.gone","lifecycle":{"destroy":false}}')],
      ['check', '{"c":{"assert":{"condition":"${path.root != null}","error_message":"No."}}}'],
      ['resource', this.#pick(['null', '[]', '{"terraform_data":{"none":null}}'])],
      ['locals', 'null'],
    ];
    return blocks.filter(() => this.#chance(6));
  }

  /** One thing that Terraform may refuse. */
  #mischief(): Member {
    const resource = (body: string): Member => ['resource', `{"terraform_data":{"odd":${body}}}`];
    return this.#pick<Member>([
      resource('{"input":1,"input":2}'),
      resource('{"input":1,"\\u0069nput":2}'),
      resource('{"input":{"x":1,"x":2}}'),
      resource('{"count":1,"count":0}'),
      resource('{"count":1,"for_each":{"a":1}}'),
      resource('{"input":"${terraform_data.odd.input}"}'),
      resource('{"input":"${terraform_data.nowhere.input}"}'),
      resource('{"input":"${local.nowhere}"}'),
      resource('{"input":"${1 +}"}'),
      resource('{"other":1}'),
      resource('{"_":{"input":1},"input":2}'),
      resource('{"_":[{"input":1},{}]}'),
      resource('[{"input":1},{"input":2}]'),
      resource('[null]'),
      resource('[[{"input":1},{"count":2}]]'),
      resource('"x"'),
      resource('{"lifecycle":[{},{}]}'),
      resource('{"lifecycle":{"ignore_changes":["*"]}}'),
      resource('{"lifecycle":{"nonsense":1}}'),
      resource('{"provider":["terraform"]}'),
      resource('{"provider":"nowhere.alias"}'),
      resource('{"depends_on":["terraform_data.nowhere"]}'),
      resource('{"depends_on":"terraform_data.odd"}'),
      resource('{"for_each":"${terraform_data.late.id}"}'),
      resource('{"count":"${terraform_data.late.id}"}'),
      resource('{"connection":{"host":"x"}}'),
      ['resource', '{"terraform_data":{"not ok":{}}}'],
      ['resource', '{"terraform_data":{"//":{}}}'],
      ['resource', '{"//":"x"}'],
      ['resource', '{}'],
      ['resource', '{"terraform_data":null}'],
      ['resource', '{"terraform_data":{"a":{"input":"${local.p}"}},"terraform_data":{"b":{"input":"${local.q}"}}}'],
      ['\\u0072esource', '{"terraform_data":{"odd":{"input":"escaped"}}}'],
      ['locals', '{"p":"${local.q}","q":"${local.p}"}'],
      ['locals', '{"l0":1}'],
      ['locals', '{"not ok":1}'],
      ['variable', '{"v0":{}}'],
      ['variable', '{"unset":{}}'],
      ['variable', '{"bad":{"type":"${string}"}}'],
      ['output', '{"o0":{"value":1}}'],
      ['output', '{"none":{}}'],
      ['output', '{"odd":{"value":1,"value":2}}'],
      ['terraform', '[{"backend":{"local":{}}},{"backend":{"local":{}}}]'],
      ['terraform', '{"required_providers":{"nowhere":1}}'],
      ['provider', '{"terraform":[{"alias":"x"},{"alias":"x"}]}'],
      ['provider', '{"terraform":{"alias":null}}'],
      ['Resource', '{}'],
      ['module', 'null'],
      ['data', '{"terraform_data":{"a":{}}}'],
      ['moved', '{"from":"terraform_data.r0"}'],
    ]);
  }

  /** Members under one key, in one of the ways in which JSON syntax lets them be written. */
  #spread(key: string, members: readonly Member[]): readonly Member[] {
    if (members.length === 0) return [];
    const middle = this.#nat(members.length);
    const halves = [members.slice(0, middle), members.slice(middle)].filter(({ length }) => length > 0);
    switch (this.#nat(4)) {
      case 0:
        return halves.map((half): Member => [key, this.#object(half)]);
      case 1:
        return [[key, `[${halves.map((half) => this.#object(half)).join(',')}]`]];
      default:
        return [[key, this.#wrapped(this.#object(members))]];
    }
  }

  #wrapped(json: string): string {
    return this.#chance(15) ? `[${json}]` : json;
  }

  #object(members: readonly Member[]): string {
    const written = members.map(([key, json]) => `${key.startsWith('\\') ? `"${key}"` : this.#string(key)}:${json}`);
    return `{${written.join(this.#space(','))}}`;
  }

  /** The string in JSON, some characters as escapes. */
  #string(text: string): string {
    const json = JSON.stringify(text);
    if (!this.#chance(15)) return json;
    const index = 1 + this.#nat(Math.max(json.length - 3, 0));
    const character = json.charAt(index);
    if (!/[a-zA-Z$]/.test(character) || json.slice(0, index).includes('\\')) return json;
    const escape = `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return json.slice(0, index) + escape + json.slice(index + 1);
  }

  #space(text: string): string {
    return this.#chance(10) ? `${text}\n\t ` : text;
  }

  #repeat<Item>(maximum: number, make: (index: number) => Item): Item[] {
    return Array.from({ length: this.#nat(maximum) }, (_, index) => make(index));
  }

  #pick<Item>(items: readonly Item[]): Item {
    const [first] = items;
    if (first === undefined) throw new TypeError('there is nothing to pick from');
    return items[this.#nat(items.length - 1)] ?? first;
  }

  #nat(maximum: number): number {
    return this.#gen(evenly, maximum);
  }

  #chance(percent: number): boolean {
    return this.#nat(99) < percent;
  }
}

/** A string of Terraform's expression language. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
