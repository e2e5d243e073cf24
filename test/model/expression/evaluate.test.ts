import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, evaluateTemplate } from '../../../model/expression/evaluate.ts';
import { parseExpression, parseTemplate } from '../../../model/expression/parse.ts';
import type { Scope } from '../../../model/expression/scope.ts';
import {
  boolean,
  describeReference,
  list,
  object,
  type ReferenceValue,
  string,
  unknown,
  type Value,
} from '../../../model/value.ts';

/** Roots that the tests give values; every other root is a resource whose attributes are all computed. */
function scopeWith(
  roots: Readonly<Record<string, Value>> = {},
  attributes: Readonly<Record<string, Value>> = {},
): Scope {
  return {
    root: (path) => roots[path.join('.')] ?? reference(path.join('.')),
    attribute(from, step) {
      const longer: ReferenceValue = { ...from, path: [...from.path, step] };
      const configured = attributes[describeReference(longer)];
      return configured === undefined ? longer : { ...configured, origin: longer };
    },
  };
}

function reference(address: string, ...path: (string | number)[]): ReferenceValue {
  return { kind: 'reference', target: { stack: 'ledger', address }, path };
}

function value(text: string, scope: Scope = scopeWith()): Value {
  const parsed = parseExpression(text);
  if (parsed.kind === 'error') throw new Error(parsed.message);
  return evaluate(parsed.expression, scope);
}

function template(text: string, scope: Scope = scopeWith()): Value {
  const parsed = parseTemplate(text);
  if (parsed.kind === 'error') throw new Error(parsed.message);
  return evaluateTemplate(parsed.expression, scope);
}

const SUBNETS = 'aws_subnet.app';

describe('templates', () => {
  it('keep the type of a lone interpolation', () => {
    expect(template('${[1, true]}')).toEqual(list([{ kind: 'number', text: '1' }, boolean(true)]));
    expect(template('${aws_kms_key.data.arn}')).toEqual(reference('aws_kms_key.data', 'arn'));
  });

  it('become text with holes, in which adjacent texts are one', () => {
    expect(template('a${"b"}${aws_kms_key.data.arn}/${"c"}*')).toEqual({
      kind: 'template',
      parts: ['ab', reference('aws_kms_key.data', 'arn'), '/c*'],
    });
  });

  it('refuse null and lists', () => {
    expect(template('a${null}')).toMatchObject({
      kind: 'unknown',
      reason: 'invalid',
      detail: 'puts null into a string',
    });
    expect(template('a${[]}')).toMatchObject({ kind: 'unknown', reason: 'invalid' });
  });
});

describe('reading', () => {
  it('asks the scope for the names that identify an object, and then step by step', () => {
    expect(value('data.aws_outposts_outpost.rack.arn')).toEqual(reference('data.aws_outposts_outpost.rack', 'arn'));
    expect(value('aws_networkfirewall_firewall.fw.firewall_status[0].sync_states')).toEqual(
      reference('aws_networkfirewall_firewall.fw', 'firewall_status', 0, 'sync_states'),
    );
    const outputs =
      'data.terraform_remote_state.cross-stack-reference-input-dublin-network.outputs.cross-stack-output-aws_vpcmainid';
    expect(value(outputs)).toEqual(
      reference(
        'data.terraform_remote_state.cross-stack-reference-input-dublin-network',
        'outputs',
        'cross-stack-output-aws_vpcmainid',
      ),
    );
  });

  it('takes instances of count and for_each from lists and objects', () => {
    const roots = {
      'aws_subnet.app': object([['a', reference('aws_subnet.app["a"]')]]),
      'aws_subnet.data': list([reference('aws_subnet.data[0]')]),
    };
    expect(value(`${SUBNETS}["a"].id`, scopeWith(roots))).toEqual(reference('aws_subnet.app["a"]', 'id'));
    expect(value('aws_subnet.data[*].id', scopeWith(roots))).toEqual(list([reference('aws_subnet.data[0]', 'id')]));
    expect(value('aws_subnet.data[1].id', scopeWith(roots))).toMatchObject({ kind: 'unknown', reason: 'invalid' });
    expect(value('values(aws_subnet.app)[*].id', scopeWith(roots))).toEqual(
      list([reference('aws_subnet.app["a"]', 'id')]),
    );
  });

  it('keeps the origin of configured values and of their parts, and loses it in computing', () => {
    const scope = scopeWith({}, { 'aws_lb.front.access_logs': object([['bucket', string('receipts')]]) });
    expect(value('aws_lb.front.access_logs[0].bucket', scope)).toEqual({
      ...string('receipts'),
      origin: reference('aws_lb.front', 'access_logs', 'bucket'),
    });
    expect(value('upper(aws_lb.front.access_logs[0].bucket)', scope)).toEqual(string('RECEIPTS'));
    expect(value('aws_lb.front.access_logs[0].prefix', scope)).toEqual(
      reference('aws_lb.front', 'access_logs', 'prefix'),
    );
  });

  it('keeps the reason of what is unknown', () => {
    const roots = { 'var.zones': unknown('variable', 'var.zones', 'has no value in this run') };
    expect(value('var.zones[0].name', scopeWith(roots))).toMatchObject({
      reason: 'variable',
      expression: 'var.zones[0].name',
    });
  });

  it('refuses roots without a name', () => {
    expect(value('var')).toMatchObject({ kind: 'unknown', reason: 'invalid' });
    expect(value('aws_vpc["main"]')).toMatchObject({ kind: 'unknown', reason: 'invalid' });
  });
});

describe('operations over what is hidden', () => {
  it('are unknown with their term and every reference they mention', () => {
    const text =
      'one([for s in aws_networkfirewall_firewall.fw.firewall_status[0].sync_states : s.attachment[0].endpoint_id if s.attachment[0].subnet_id == aws_subnet.gw.id])';
    expect(value(text)).toMatchObject({
      kind: 'unknown',
      reason: 'function',
      expression: text,
      references: [
        reference('aws_networkfirewall_firewall.fw', 'firewall_status', 0, 'sync_states'),
        reference('aws_subnet.gw', 'id'),
      ],
      term: { kind: 'call', name: 'one', arguments: [{ kind: 'for-tuple', valueName: 's' }] },
    });
  });

  it.each([
    ['false && aws_a.b.c', false],
    ['aws_a.b.c || true', true],
    ['aws_vpc.main.id == aws_vpc.main.id', true],
    ['aws_vpc.main.id == aws_vpc.other.id', false],
    ['aws_vpc.main.id != aws_vpc.other.id', true],
    ['"${aws_a.b.c}/x" == "${aws_a.b.c}/x"', true],
    ['"arn:${aws_a.b.c}" == "https://x"', false],
    ['contains([aws_a.b.c, "x"], "x")', true],
    ['alltrue([aws_a.b.c, false])', false],
    ['length([aws_a.b.c, 1]) == 2', true],
  ])('%s is decided', (text, expected) => {
    expect(value(text)).toEqual(boolean(expected));
  });

  it.each([
    'true && aws_a.b.c',
    'aws_a.b.c == "x"',
    'aws_a.b.c == null',
    'aws_vpc.main.cidr_block == aws_vpc.other.cidr_block',
    'aws_iam_role.main.id == aws_iam_role.other.id',
    'aws_vpc.main.id == aws_subnet.main.id',
    '"x${aws_a.b.c}" == "xyz"',
    'contains([aws_a.b.c], "x")',
    'aws_a.b.c ? 1 : 2',
    'true ? 1 : aws_a.b.c',
    'flatten([aws_a.b.list])',
    'merge({ a = 1 }, aws_a.b.tags)',
    'timestamp()',
    'file("x")',
    'coalesce(aws_a.b.c, "x")',
    'try(aws_a.b.c[0].d, "x")',
    'toset([aws_a.b.c, aws_a.b.d]) == toset(["x", "y"])',
    '[for x in toset([aws_a.b.c, aws_a.b.d]) : x]',
    'tolist([aws_a.b.c, 1])',
  ])('%s stays unknown', (text) => {
    const result = value(text);
    expect(result.kind).toBe('unknown');
    expect(result.kind === 'unknown' ? result.reason : '').toMatch(/^(operation|function)$/);
  });

  it('pass symbols through where they stay exact', () => {
    const arn = reference('aws_a.b', 'arn');
    expect(value('tostring(aws_a.b.arn)')).toEqual(arn);
    expect(value('element(concat(["x"], [aws_a.b.arn]), 1)')).toEqual(arn);
    expect(value('one([aws_a.b.arn])')).toEqual(arn);
    expect(value('merge({ a = 1 }, { a = aws_a.b.arn }).a')).toEqual(arn);
    expect(value('flatten([["x"], [aws_a.b.arn]])[1]')).toEqual(arn);
    expect(value('try(aws_a.b.arn, "x")')).toEqual(arn);
    expect(value('true ? aws_a.b.arn : "x"')).toEqual(arn);
    expect(value('aws_a.b.c ? aws_a.b.arn : aws_a.b.arn')).toEqual(arn);
    expect(value('[for x in [aws_a.b.arn] : x]')).toEqual(list([arn]));
    expect(value('join(",", ["a", aws_a.b.arn])')).toEqual({ kind: 'template', parts: ['a,', arn] });
    expect(value('format("%s/*", aws_a.b.arn)')).toEqual({ kind: 'template', parts: [arn, '/*'] });
    expect(value('jsonencode({ Resource = aws_a.b.arn, Effect = "Allow", Path = "${aws_a.b.arn}/*" })')).toEqual({
      kind: 'template',
      parts: ['{"Effect":"Allow","Path":"', arn, '/*","Resource":"', arn, '"}'],
    });
  });
});

describe('values of declared type', () => {
  const scope = scopeWith(
    {},
    { 'aws_a.b.zones': list([string('y'), string('x')]), 'aws_a.b.port': { kind: 'number', text: '443' } },
  );

  it('are not compared where their schema would decide', () => {
    expect(value('aws_a.b.zones == ["y", "x"]', scope).kind).toBe('unknown');
    expect(value('aws_a.b.port == 443', scope).kind).toBe('unknown');
    expect(value('aws_a.b.port == 80', scope)).toEqual(boolean(false));
    expect(value('[for z in aws_a.b.zones : z]', scope).kind).toBe('unknown');
  });

  it('are used where it does not matter', () => {
    expect(value('contains(aws_a.b.zones, "x")', scope)).toEqual(boolean(true));
    expect(value('aws_a.b.zones[0]', scope)).toMatchObject({ kind: 'string', value: 'y' });
    expect(value('aws_a.b.port + 1', scope)).toEqual({ kind: 'number', text: '444' });
  });
});

describe('sensitive values', () => {
  const scope = scopeWith({ 'var.password': { ...string('hunter2'), sensitive: true } });

  it.each([
    '"${var.password}"',
    '"a${var.password}"',
    'upper(var.password)',
    'var.password == "x"',
    'var.password == "x" ? 1 : 2',
    'jsonencode({ a = var.password })',
    '[for x in [var.password] : "${x}!"][0]',
    '{ (var.password) = 1 }',
    'sensitive("a")',
    '"${var.password}-${aws_a.b.c}"',
  ])('mark %s', (text) => {
    expect(value(text, scope).sensitive).toBe(true);
  });
});

describe('limits', () => {
  it('end loops that multiply, and keep the references', () => {
    const loop = (inner: string): string => `[for x in range(1000) : ${inner}]`;
    expect(value(loop(loop(loop('aws_a.b.c'))))).toMatchObject({
      kind: 'unknown',
      reason: 'limit',
      references: [reference('aws_a.b', 'c')],
    });
  });

  it('end texts that multiply', () => {
    let text = '"0123456789abcdef"';
    for (let round = 0; round < 12; round++) text = `join("", [for x in range(8) : ${text}])`;
    expect(value(text)).toMatchObject({ kind: 'unknown', reason: 'limit' });
  });
});

it('never throws on what parses', () => {
  const token = fc.constantFrom(
    ...'a.b var.x null true 1 "x" [1] {a=1} + == && ? : [*] .a [0] ( ) , ! - ${ } length( merge( [for x in : x]'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
      const parsed = parseExpression(tokens.join(' '));
      fc.pre(parsed.kind === 'parsed');
      expect(() => value(tokens.join(' '))).not.toThrow();
    }),
    { numRuns: 1500, maxSkipsPerRun: 1000 },
  );
});
