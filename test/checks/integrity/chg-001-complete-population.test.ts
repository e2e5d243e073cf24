import { expect, it } from 'vitest';
import check from '../../../checks/integrity/chg-001-complete-population.ts';
import type { Example } from '../../../checks/check.ts';
import { testCheck } from '../../support/check-tester.ts';
import { judge } from '../../../checks/example-estate.ts';

const queue = { resource: { aws_sqs_queue: { receipts: {} } } };

testCheck(check, {
  pass: [
    {
      name: 'a data source that only reads',
      stacks: { west: { ...queue, data: { aws_ssm_parameter: { name: { name: '/ledger' } } } } },
    },
    { name: 'the expected stack with known types', stacks: { west: queue } },
    {
      name: 'an optional stack that is there',
      stacks: { west: queue, north: { resource: { aws_sns_topic: { news: {} } } } },
    },
    {
      name: 'a type that the policy classifies',
      stacks: { west: { resource: { ledger_account: { main: {} } } } },
      policy: {
        resourceTypes: [
          { type: 'ledger_account', scope: 'regional', reason: 'Made by our own provider; holds no data.' },
        ],
      },
    },
    {
      name: 'a type that the policy classifies with what it does',
      stacks: { west: { resource: { ledger_account: { main: {} } } } },
      policy: {
        resourceTypes: [
          {
            type: 'ledger_account',
            scope: 'regional',
            classes: ['stores', 'log'],
            reason: 'Watched by its own provider.',
          },
        ],
      },
    },
  ],
  fail: [
    {
      name: 'a stack that the policy does not expect',
      stacks: { west: queue, annex: queue },
      fails: { annex: 'unexpected' },
    },
  ],
  unproven: [
    {
      name: 'an expected stack that is missing',
      stacks: { north: queue },
      unproven: { west: 'expected by the policy' },
    },
    {
      name: 'a resource type that no table knows',
      stacks: { west: { resource: { aws_quantum_vault: { deep: {} } } } },
      unproven: { 'aws_quantum_vault.deep': 'aws_quantum_vault, which no table knows' },
    },
    {
      name: 'a type named as a property of every object',
      stacks: { west: { resource: { constructor: { toString: {} } } } },
      unproven: { 'constructor.toString': 'no table knows' },
    },
    {
      name: 'a module, whose resources are not in the input',
      stacks: { west: { ...queue, module: { network: { source: './network' } } } },
      unproven: { west: 'calls the module "network" from "./network"' },
    },
    {
      name: 'a resource of another provider under the name aws',
      stacks: {
        west: {
          ...queue,
          terraform: { required_providers: { aws: { source: 'example/aws', version: '1.0.0' } } },
        },
      },
      unproven: { 'aws_sqs_queue.receipts': 'the provider "example/aws"' },
    },
    {
      name: 'a resource that makes others out of sight',
      stacks: { west: { resource: { aws_cloudformation_stack: { old: { template_body: '{}' } } } } },
      unproven: { 'aws_cloudformation_stack.old': 'makes resources from a template' },
    },
    {
      name: 'an environment that makes hosts and balancers by itself',
      stacks: { west: { resource: { aws_elastic_beanstalk_environment: { old: { application: 'ledger' } } } } },
      unproven: { 'aws_elastic_beanstalk_environment.old': 'makes resources from an application' },
    },
    {
      name: 'a data source that runs a program',
      stacks: { west: { ...queue, data: { external: { who: { program: ['sh', '-c', 'id'] } } } } },
      unproven: { 'data.external.who': 'runs a program' },
    },
    {
      name: 'a data source that fetches from outside',
      stacks: { west: { ...queue, data: { http: { list: { url: 'https://example.com' } } } } },
      unproven: { 'data.http.list': 'fetches from a URL' },
    },
    {
      name: 'a data source that invokes a function',
      stacks: { west: { ...queue, data: { aws_lambda_invocation: { run: { function_name: 'f', input: '{}' } } } } },
      unproven: { 'data.aws_lambda_invocation.run': 'invokes a function' },
    },
    {
      name: 'a provisioner of a type that the policy classifies',
      stacks: {
        west: { resource: { ledger_account: { main: { provisioner: { 'local-exec': { command: 'id' } } } } } },
      },
      policy: {
        resourceTypes: [{ type: 'ledger_account', scope: 'regional', reason: 'Made by our own provider.' }],
      },
      unproven: { 'ledger_account.main': 'runs a provisioner' },
    },
    {
      name: 'a provisioner',
      stacks: {
        west: {
          resource: {
            aws_sqs_queue: { receipts: { provisioner: [{ 'local-exec': { command: 'curl example.com' } }] } },
          },
        },
      },
      unproven: { 'aws_sqs_queue.receipts': 'runs a provisioner' },
    },
    {
      name: 'a count that depends on a variable',
      stacks: {
        west: { variable: { copies: {} }, resource: { aws_sqs_queue: { receipts: { count: '${var.copies}' } } } },
      },
      unproven: { 'aws_sqs_queue.receipts': 'unknown number' },
    },
  ],
});

const unprovenOf = (stacks: Example['stacks']) =>
  judge([check], { stacks }).results.flatMap(({ verdict, message }) => (verdict === 'unproven' ? [message] : []));
const west = (resource: object, rest: object = {}) => ({ west: { ...rest, resource } });
const template = (body: string) => west({ aws_cloudformation_stack: { annex: { template_body: body } } });
const program = (name: string) => west({}, { data: { external: { act: { program: [name] } } } });
const provisioned = (source: string) =>
  west(
    { aws_instance: { host: { provisioner: [{ 'local-exec': { command: 'true' } }] } } },
    { terraform: { required_providers: { aws: { source, version: '6.25.0' } } } },
  );

const provisioner = (command: string, host = 'a.example') =>
  west({
    aws_instance: { host: { provisioner: [{ 'remote-exec': { inline: [command] } }], connection: { host } } },
  });
const module = (body: object) => ({ west: { module: { network: { source: './network', ...body } } } });

// A comparison knows what is unproven again by its words.
it.each([
  ['another template', template('{}'), template('{"Resources":{}}')],
  ['another program', program('true'), program('false')],
  ['a provisioner of another command', provisioner('true'), provisioner('curl example.com | sh')],
  ['a provisioner on another host', provisioner('true'), provisioner('true', 'b.example')],
  ['another version of a module', module({ version: '1.0.0' }), module({ version: '1.0.1' })],
  ['another argument of a module', module({ open: false }), module({ open: true })],
  ['the provider of others', provisioned('hashicorp/aws'), provisioned('others/aws')],
])('tells %s from what was known', (_, known, other) => {
  expect(unprovenOf(known)).not.toEqual([]);
  expect(unprovenOf(other)).not.toEqual(unprovenOf(known));
});

it('knows a provisioner again that is written in another place', () => {
  const [known] = unprovenOf(provisioner('true'));
  const later = unprovenOf({ west: { resource: { aws_sqs_queue: { q: {} }, ...provisioner('true').west.resource } } });
  expect(later).toContain(known);
});

it('shows nothing of a template, and of a sensitive one not even its digest', () => {
  const secret = (value: string) => ({
    west: {
      variable: { body: { sensitive: true, default: value } },
      resource: { aws_cloudformation_stack: { annex: { template_body: '${var.body}' } } },
    },
  });
  expect(unprovenOf(template('hunter2')).join()).not.toContain('hunter2');
  expect(unprovenOf(secret('one'))).toEqual(unprovenOf(secret('two')));
});
