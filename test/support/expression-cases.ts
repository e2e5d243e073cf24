import fc from 'fast-check';

/**
 * Expressions in Terraform's language without references: mostly well typed, with ill-typed operands mixed in, over
 * all operators, constructors, templates with directives, and every function that the evaluator knows.
 */
export function sampleExpressions(count: number, seed: number): readonly string[] {
  const samples = fc.sample(expressions(), { numRuns: count * 2, seed });
  return [...new Set(samples)].slice(0, count);
}

interface Kinds {
  readonly number: string;
  readonly text: string;
  readonly flag: string;
  readonly numbers: string;
  readonly texts: string;
  readonly object: string;
  readonly any: string;
}

const NUMBERS = ['0', '1', '2', '3', '7', '10', '0.1', '0.2', '2.5', '1.50', '12e3', '4503599627370497', '"4"', '-1'];
const TEXTS = [
  '""',
  '"a"',
  '"b"',
  '"ab c"',
  '"Ledger-01"',
  '"x,y,,z"',
  '"tromsø"',
  '"12"',
  '"<&>\\"\\n"',
  '"$${a}"',
  '"a=1;b=2"',
];
const CIDRS = [
  '"10.0.0.0/8"',
  '"172.16.32.0/20"',
  '"192.168.1.0/24"',
  '"fd00:1:2::/48"',
  '"10.1.2.3/30"',
  '"10.0.0/8"',
];
const TIMES = [
  '"2024-02-28T23:59:59Z"',
  '"2021-07-04T00:00:00+05:30"',
  '"1999-12-31T12:00:00-08:00"',
  '"2024-02-30T00:00:00Z"',
];
const PATTERNS = [
  '"[a-z]+"',
  '"([a-z])-(\\\\d+)"',
  '"\\\\d"',
  '"(?P<name>\\\\w+)"',
  '"^x"',
  '"a.c"',
  '"[^,]+"',
  '"(?:a|b)c?"',
];

function expressions(): fc.Arbitrary<string> {
  const { any, number, text, flag, numbers, texts, object } = fc.letrec<Kinds>((tie) => {
    const hole = (kind: keyof Kinds): fc.Arbitrary<string> => tie(kind).map(String);
    const form = (
      template: string,
      values: Readonly<Record<string, fc.Arbitrary<string>>> = {},
    ): fc.Arbitrary<string> => fill(template, (name) => values[name] ?? hole(asKind(name)));
    const forms = (templates: readonly string[], values?: Readonly<Record<string, fc.Arbitrary<string>>>) =>
      templates.map((template) => form(template, values));
    const special = {
      cidr: fc.constantFrom(...CIDRS),
      time: fc.constantFrom(...TIMES),
      pattern: fc.constantFrom(...PATTERNS),
      small: fc.constantFrom('0', '1', '2', '3', '5', '-1'),
      key: fc.constantFrom('a', 'b', 'c'),
    };
    return {
      number: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'expression', withCrossShrink: false },
        fc.constantFrom(...NUMBERS),
        ...forms(NUMBER_FORMS, special),
      ),
      text: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'expression' },
        fc.constantFrom(...TEXTS),
        ...forms(TEXT_FORMS, special),
      ),
      flag: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'expression' },
        fc.constantFrom('true', 'false', '"true"'),
        ...forms(FLAG_FORMS, special),
      ),
      numbers: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'expression' },
        fc.constantFrom('[]', '[1]', '[3, 1, 2]', '[1, 1, 2.5]', 'toset([2, 1, 2])', 'tolist([2, 3])', 'tolist([])'),
        ...forms(NUMBER_LIST_FORMS, special),
      ),
      texts: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'expression' },
        fc.constantFrom('[]', '["a"]', '["b", "a", "a"]', '["x", "", "y"]', 'toset(["b", "a"])', 'tolist(["c"])'),
        ...forms(TEXT_LIST_FORMS, special),
      ),
      object: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'expression' },
        fc.constantFrom(
          '{}',
          '{ a = 1 }',
          '{ b = "x", a = 2 }',
          'tomap({ a = "p", b = "q" })',
          '{ a = null, "c d" = [1] }',
        ),
        ...forms(OBJECT_FORMS, special),
      ),
      any: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'expression' },
        fc.constantFrom('null', '1', '"a"', 'true', '[]', '{}', '[null]', '[[1], [2, 3]]', '[{ a = 1 }, { a = 2 }]'),
        hole('number'),
        hole('text'),
        hole('flag'),
        hole('numbers'),
        hole('texts'),
        hole('object'),
        ...forms(ANY_FORMS, special),
      ),
    };
  });
  return fc.oneof(any, number, text, flag, numbers, texts, object);
}

const KINDS: readonly (keyof Kinds)[] = ['number', 'text', 'flag', 'numbers', 'texts', 'object', 'any'];

function asKind(name: string): keyof Kinds {
  const kind = KINDS.find((known) => known === name);
  if (kind === undefined) throw new Error(`no such kind of expression: ${name}`);
  return kind;
}

/** Replaces each `<name>` by an expression of that kind; one in thirty by one of any kind. */
function fill(template: string, hole: (name: string) => fc.Arbitrary<string>): fc.Arbitrary<string> {
  const parts = template.split(/<([a-z]+)>/);
  const pieces = parts.map((part, index) => {
    if (index % 2 === 0) return fc.constant(part);
    const usual = hole(part);
    const isOperand = KINDS.some((kind) => kind === part);
    return isOperand ? fc.oneof({ weight: 29, arbitrary: usual }, { weight: 1, arbitrary: hole('any') }) : usual;
  });
  return fc.tuple(...pieces).map((texts) => texts.join(''));
}

const NUMBER_FORMS = [
  '(<number> + <number>)',
  '(<number> - <number>)',
  '<number> * <number>',
  '(<number> / <small>)',
  '(<number> % <small>)',
  '-<number>',
  'abs(<number>)',
  'ceil(<number>)',
  'floor(<number>)',
  'max(<number>, <number>)',
  'min(<numbers>...)',
  'sum(<numbers>)',
  'signum(<small>)',
  'pow(<small>, <small>)',
  'parseint(<text>, 16)',
  'length(<any>)',
  'index(<texts>, <text>)',
  'tonumber(<text>)',
  'timecmp(<time>, <time>)',
  '<numbers>[<small>]',
  'element(<numbers>, <small>)',
  '(<flag> ? <number> : <number>)',
  'one(<numbers>)',
  '{ a = <number> }.a',
];

const TEXT_FORMS = [
  '"${<text>}-${<number>}"',
  '"<key>${<flag>}"',
  '"%{ if <flag> }yes ${<number>}%{ else }no%{ endif }"',
  '"%{ for x in <texts> }${x};%{ endfor }"',
  '"%{ for i, x in <numbers> ~} ${i}=${x} %{~ endfor }"',
  '"a  ${~ <text> ~}  b"',
  '(<flag> ? <text> : <text>)',
  '(<flag> ? <text> : <number>)',
  'join(",", <texts>)',
  'join(<text>, <numbers>)',
  'format("%s/%s", <text>, <text>)',
  'format("%d-%03d", <small>, <small>)',
  'format("%v %5s|%-4s|", <any>, <text>, <text>)',
  'lower(<text>)',
  'upper(<text>)',
  'title(<text>)',
  'trim(<text>, "ab")',
  'trimprefix(<text>, <text>)',
  'trimsuffix(<text>, <text>)',
  'trimspace("  ${<text>} \\n")',
  'chomp("${<text>}\\n")',
  'indent(<small>, <text>)',
  'strrev(<text>)',
  'substr(<text>, <small>, <small>)',
  'replace(<text>, <text>, "-")',
  'replace(<text>, "/[aeiou]/", "*")',
  'regex(<pattern>, <text>)',
  'tostring(<number>)',
  'tostring(<flag>)',
  'jsonencode(<any>)',
  'base64encode(<text>)',
  'base64decode(base64encode(<text>))',
  'urlencode(<text>)',
  'cidrhost(<cidr>, <small>)',
  'cidrnetmask(<cidr>)',
  'cidrsubnet(<cidr>, <small>, <small>)',
  'formatdate("DD MMM YYYY hh:mm ZZZ", <time>)',
  'formatdate("EEEE, D MMMM YY, H:mm:ssaa Z", <time>)',
  'timeadd(<time>, "36h10m")',
  'coalesce(<text>, <text>, "z")',
  'lookup(<object>, "<key>", "none")',
  '<texts>[<small>]',
  'element(<texts>, <small>)',
  'one(<texts>)',
  'nonsensitive(<text>)',
];

const FLAG_FORMS = [
  '!<flag>',
  '(<flag> && <flag>)',
  '(<flag> || <flag>)',
  '(<number> < <number>)',
  '(<number> >= <number>)',
  '(<number> == <number>)',
  '(<text> == <text>)',
  '(<any> == <any>)',
  '(<any> != <any>)',
  '(<numbers> == <numbers>)',
  '(<object> == <object>)',
  'contains(<texts>, <text>)',
  'contains(<numbers>, <number>)',
  'alltrue([<flag>, <flag>])',
  'anytrue([<flag>, null])',
  'startswith(<text>, <text>)',
  'endswith(<text>, <text>)',
  'strcontains(<text>, <text>)',
  'tobool(<flag>)',
  'can(<any>.a)',
  'can(tonumber(<text>))',
];

const NUMBER_LIST_FORMS = [
  '[<number>, <number>]',
  '[for x in <numbers> : x * 2]',
  '[for x in <numbers> : x if x > 1]',
  '[for i, x in <texts> : i]',
  'range(<small>)',
  'range(<small>, <small>)',
  'reverse(<numbers>)',
  'distinct(<numbers>)',
  'concat(<numbers>, <numbers>)',
  'slice(<numbers>, 0, <small>)',
  'flatten([<numbers>, [<numbers>], <number>])',
  'toset(<numbers>)',
  'tolist(<numbers>)',
  'setunion(<numbers>, <numbers>)',
  'setintersection(<numbers>, <numbers>)',
  'setsubtract(<numbers>, <numbers>)',
  'coalescelist(<numbers>, <numbers>, [9])',
  '<numbers>[*]',
  '[{ a = <number> }, { a = 2 }][*].a',
  '[{ a = <number> }].*.a',
  '(<flag> ? <numbers> : <numbers>)',
  'values({ b = <number>, a = <number> })',
];

const TEXT_LIST_FORMS = [
  '[<text>, <text>]',
  '[for x in <texts> : "<${x}>"]',
  '[for x in <texts> : upper(x) if x != <text>]',
  '[for k, v in <object> : k]',
  'split(",", <text>)',
  'split(<text>, <text>)',
  'sort(<texts>)',
  'compact(<texts>)',
  'distinct(<texts>)',
  'keys(<object>)',
  'concat(<texts>, <texts>)',
  'toset(<texts>)',
  'tolist(<texts>)',
  'setunion(<texts>, <texts>)',
  'setsubtract(<texts>, <texts>)',
  'matchkeys(<texts>, ["x", "y"], ["y"])',
  'formatlist("%s-%s", <texts>, <text>)',
  'regexall(<pattern>, <text>)',
  'cidrsubnets(<cidr>, 4, <small>, 8)',
  'chunklist(<texts>, <small>)',
  'reverse(<texts>)',
  '(<flag> ? <texts> : <texts>)',
  'setproduct(<texts>, <numbers>)',
];

const OBJECT_FORMS = [
  '{ a = <any>, b = <number> }',
  '{ (<text>) = <any> }',
  '{ "${<text>}k" : <text>, c = <flag> }',
  '{ for x in <texts> : x => upper(x) }',
  '{ for i, x in <texts> : x => i... }',
  '{ for k, v in <object> : k => v if k != "a" }',
  'merge(<object>, <object>)',
  'tomap(<object>)',
  'zipmap(["a", "b"], [<any>, <any>])',
  'zipmap(<texts>, <numbers>)',
  'transpose({ a = <texts>, b = <texts> })',
  'jsondecode(jsonencode(<object>))',
  '(<flag> ? <object> : <object>)',
];

const ANY_FORMS = [
  '<object>.<key>',
  '<object>["<key>"]',
  '<any>[*]',
  '<any>[<small>]',
  '(<flag> ? <any> : <any>)',
  'try(<any>.a, <any>)',
  'try(<numbers>[<small>], null)',
  '(<any> + <any>)',
  'tolist([<any>, <any>])',
  'toset([<any>])',
  'flatten(<any>)',
  'lookup(<object>, "<key>")',
  'coalesce(<any>, <any>)',
  'merge(<any>, <object>)',
  'concat(<any>, <texts>)',
  '[for x in <any> : x]',
];
