import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Example, type Failure, type Remedy, SITE_KEY, type Subject } from '../../checks/check.ts';
import { checks } from '../../checks/index.ts';
import { constructOf, propertyOf } from '../../model/aws/bindings.ts';
import type { Path } from '../../model/resource.ts';
import { estateOf, policyOf } from '../../checks/example-estate.ts';
import { storeCases } from '../support/store-cases.ts';

/** Failures of encryption and keys that no property of one construct mends, each with its reason. */
const WITHOUT: Readonly<Record<string, string>> = {
  'ENC-002 noPolicy': 'who may use the resource is for people to say, and the policy with it',
  'ENC-005 keyless': 'the service offers no customer key: another type has to take its place',
  'ENC-006 keyless': 'as ENC-005',
  'ENC-007 keyless': 'as ENC-005',
  'ENC-008 keyless': 'as ENC-005',
  'ENC-009 awsManaged': 'security configurations of EMR are one JSON text',
  'ENC-009 inherits': 'the bucket or the configuration fails by itself, and has the remedy',
  'ENC-009 keyless': 'as ENC-005',
  'ENC-009 noKey': 'as ENC-009 awsManaged',
  'ENC-013 keyInState': 'the certificate has to come from elsewhere, whose key no configuration holds',
  'ENC-014 former': 'which machines a workload needs is for its owner to say',
  'KEY-003 byDefault': 'who may use a key is for people to say',
  'KEY-003 foreign': 'as KEY-003 byDefault',
  'KEY-005 anybody': 'as KEY-003 byDefault',
  'KEY-006 held': 'a key store is built once, and not by an argument',
  'KEY-007 classes': 'which of the stores keeps the key is for its owner to say',
  'KEY-008 literal': 'where the secret is to be kept instead is for people to say, and the old one has to be replaced',
  'KEY-008 named': 'as KEY-008 literal',
  'KEY-009 unwatched': 'it takes a rule and a target of it',
};

const LIBRARY = join(dirname(createRequire(import.meta.url).resolve('@cdktf/provider-aws/package.json')), 'lib');

type Json = { [key: string]: unknown };

interface Case {
  readonly control: string;
  readonly example: Example;
}

interface Found {
  readonly subject: Subject;
  readonly failure: Failure;
}

const JUDGED = checks.filter(({ family }) => family === 'encryption');

const CASES: readonly Case[] = [
  ...JUDGED.flatMap(({ id, examples }) => examples.violating.map((example) => ({ control: id, example }))),
  ...storeCases().flatMap(({ control, examples }) => [...examples.values()].map((example) => ({ control, example }))),
];

/** The first failure of an example that has a remedy, else the first. */
function firstFailure({ control, example }: Case): Found | null {
  const check = JUDGED.find(({ id }) => id === control);
  if (check === undefined) throw new TypeError(`${control} has no check`);
  const context = { estate: estateOf(example), policy: policyOf(example), asOf: '2026-11-01' };
  const inspect = check.inspector(context);
  const found = check.subjects(context).flatMap((subject) => {
    const outcome = inspect(subject);
    return outcome.verdict === 'fail' ? [{ subject, failure: outcome }] : [];
  });
  return found.find(({ failure }) => failure.witness.remedy !== null) ?? found[0] ?? null;
}

/** The example with what a remedy says; the key is one that the example has, or a new one. */
function mended({ stacks, ...rest }: Example, subject: Subject, { of, set }: Remedy): Example {
  const changed = structuredClone(stacks);
  const target = of ?? (subject.kind === 'resource' ? subject.resource : null);
  if (target === null) throw new TypeError('a remedy of nothing');
  const isNew = typeof target === 'string';
  const home = isNew ? (subject.kind === 'resource' ? subject.resource.stack : 'west') : target.stack;
  const stack: Json = { ...changed[home] };
  const resources = child(stack, 'resource');
  child(child(resources, 'aws_kms_key'), 'remedy');
  const body = isNew
    ? child(child(resources, target), 'remedy')
    : child(child(resources, target.type), target.init.name);
  for (const { path, to } of set) write(body, path, valueOf(to, subject));
  return { ...rest, stacks: { ...changed, [home]: stack } };
}

function child(body: Json, name: string): Json {
  const known = body[name];
  const [first] = Array.isArray(known) ? (known as Json[]) : [known as Json | undefined];
  const inner = first ?? {};
  if (known === undefined) body[name] = inner;
  return inner;
}

/** Through blocks that are written as objects or as lists. */
function write(body: Json, path: Path, value: unknown): void {
  const [step, ...rest] = path.filter((one) => typeof one === 'string');
  if (step === undefined) return;
  if (rest.length === 0) body[step] = value;
  else write(child(body, step), rest, value);
}

/** The JSON that CDKTF makes of what a remedy has as TypeScript. */
function valueOf(to: string, subject: Subject): unknown {
  const own = subject.kind === 'resource' ? subject.resource.address : '';
  const json = to
    .replaceAll(/\b(?:bucket|vpc)\.id/g, `'\${${own}.id}'`)
    .replaceAll(SITE_KEY, "'${aws_kms_key.remedy.arn}'")
    .replaceAll(
      /(\w+):(?= )/g,
      (_, name: string) => `"${name.replaceAll(/[A-Z]/g, (big) => `_${big.toLowerCase()}`)}":`,
    )
    .replaceAll("'", '"');
  return JSON.parse(json);
}

/** What stays wrong after all that remedies say is written; null when nothing does. */
function leftOf(given: Case): string | null {
  let example = given.example;
  for (let round = 0; round < 12; round++) {
    const found = firstFailure({ ...given, example });
    if (found === null) return null;
    const { remedy } = found.failure.witness;
    if (remedy === null) return `${given.control} ${found.failure.messageId}`;
    example = mended(example, found.subject, remedy);
  }
  return `${given.control} is never mended`;
}

describe('what a finding says to write', () => {
  it('mends it, or the list says why nothing does', () => {
    const left = CASES.map((one) => leftOf(one)).filter((text) => text !== null);
    expect([...new Set(left)].toSorted()).toEqual(Object.keys(WITHOUT));
  });

  it('are properties that the typed bindings have', () => {
    const missing = CASES.flatMap((one) => {
      const found = firstFailure(one);
      const remedy = found?.failure.witness.remedy ?? null;
      if (found === null || remedy === null) return [];
      const made = remedy.of ?? (found.subject.kind === 'resource' ? found.subject.resource : '');
      const { module } = constructOf(typeof made === 'string' ? made : made.type);
      const declared = readFileSync(join(LIBRARY, module.split('/').at(-2) ?? '', 'index.d.ts'), 'utf8');
      return remedy.set.flatMap(({ path }) =>
        propertyOf(path)
          .split('.')
          .filter((property) => !new RegExp(String.raw`readonly ${property}\??:`).test(declared))
          .map((property) => `${module} ${property}`),
      );
    });
    expect([...new Set(missing)]).toEqual([]);
  });
});
