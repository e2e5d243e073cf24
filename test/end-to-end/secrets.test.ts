import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../checks/check.ts';
import { coverageOf } from '../../checks/coverage.ts';
import { flowMapOf } from '../../checks/flow-map.ts';
import { enclaveOf } from '../../checks/gateway/enclave.ts';
import { checks } from '../../checks/index.ts';
import { networkWays } from '../../checks/network-ways.ts';
import { pathAnswer } from '../../checks/path-answer.ts';
import { pathEnd, pathEndNames } from '../../checks/path-end.ts';
import { servicesOf } from '../../checks/gateway/flows.ts';
import type { Report } from '../../checks/report.ts';
import type { Estate } from '../../model/estate.ts';
import { parseEstate } from '../../model/synth/estate.ts';
import { appendixOf } from '../../report/appendix-of.ts';
import { coverageJson } from '../../report/coverage-json.ts';
import { coverageText } from '../../report/coverage-text.ts';
import { flowsJson } from '../../report/flows/json.ts';
import { flowsPicture } from '../../report/flows/picture.ts';
import { flowsSvg } from '../../report/flows/svg.ts';
import { flowsText } from '../../report/flows/text.ts';
import { dot } from '../../report/graph/dot.ts';
import { drawNetwork } from '../../report/graph/draw.ts';
import { graphJson } from '../../report/graph/json.ts';
import { svg } from '../../report/graph/svg.ts';
import { reporters } from '../../report/index.ts';
import { pathJson } from '../../report/path/json.ts';
import { pathReport } from '../../report/path/path-report.ts';
import { pathText } from '../../report/path/text.ts';
import { sealOf, statementText } from '../../report/statement.ts';
import { withheldData } from '../../report/withheld-data.ts';
import { judgeEstate, policyOf } from '../../checks/example-estate.ts';
import { asApplied, plannableExamples, type PlannableExample, recordedExamples } from '../support/example-plans.ts';
import { isArray, isRecord, type Json, type JsonRecord, recordOf } from '../support/json-tree.ts';
import { rendered } from '../support/rendered.ts';
import { stackInput } from '../support/stack-input.ts';

const recorded = recordedExamples();
const examples = plannableExamples(checks).filter(
  ({ name, example }) => name.includes('violating') && example.plan === undefined,
);
const OPTIONS = {
  colour: new Chalk({ level: 0 }),
  width: 160,
  charset: 'unicode',
  frames: new Map(),
  quiet: false,
} as const;

describe('of plans in which every argument is sensitive, no output tells one', () => {
  it.each(examples.map((example) => ({ name: example.name, example })))('$name', ({ example }) => {
    const plans = example.stacks.flatMap((stack) => {
      const found = recorded.get(stack.digest);
      if (found === undefined || 'refused' in found) return [];
      const marked = allSensitive(asApplied(found.plan, stack));
      const chunks = [Buffer.from(JSON.stringify(marked))];
      return [{ name: stack.name, path: `${stack.name}.json`, chunks, sha256: '' }];
    });
    const estate = parseEstate({ stacks: [], plans, problems: [], declaredStacks: [] });
    const secrets = estate.stacks.flatMap(({ secrets }) => [...(secrets ?? [])]);
    expect(toldBy(secrets, estate, example)).toEqual([]);
  });
});

describe('of stacks in which every literal is sensitive, no output tells one', () => {
  it.each(examples.map((example) => ({ name: example.name, example })))('$name', ({ example }) => {
    const secrets: string[] = [];
    const stacks = example.stacks.map(({ name, synthesised }) =>
      stackInput(name, { ...synthesised, resource: hidden(synthesised['resource'] ?? {}, secrets, 0) }),
    );
    const estate = parseEstate({ stacks, plans: [], problems: [], declaredStacks: [] });
    expect(toldBy(secrets, estate, example)).toEqual([]);
  });
});

/** Each output that tells a secret, with what it tells. */
function toldBy(secrets: readonly string[], estate: Estate, example: PlannableExample): readonly unknown[] {
  const policy = policyOf(example.example);
  const context: Context = { estate, policy, asOf: '2026-11-01' };
  const report = judgeEstate(checks, estate, policy);
  const open = JSON.stringify([
    policy,
    example.stacks.map(({ synthesised }) => [synthesised['provider'], synthesised['terraform']]),
    estate.resources.map(({ address }) => address),
    estate.stacks.map(({ dataSources }) => dataSources.map(({ address }) => address)),
    checks.map(({ title, why, fix, references }) => [title, why, fix, references]),
  ]);
  const telling = new Set(secrets.flatMap(tellingParts).filter((part) => !open.includes(part)));
  const blocks = [...telling].filter((part) => /^\d+(?:\.\d+){3}\/[1-9]\d?$/.test(part));
  return Array.from(outputs(report, context)).flatMap(([format, text]) => {
    // What a packet shows of a block or a range of ports tells where it is.
    const addresses = text.match(/(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\/\d|[\w])/g) ?? [];
    const inside = addresses.filter(
      (address) => !open.includes(address) && blocks.some((block) => isIn(address, block)),
    );
    const ports = Array.from(text.matchAll(/\b(?:tcp|udp) (\d+)/g), ([, port = '']) => port);
    const told = [...telling].filter((part) => text.includes(part));
    const found = [...told, ...inside, ...ports.filter((port) => secrets.includes(port))];
    return found.length === 0 ? [] : [[format, ...found]];
  });
}

/** Everything that trefoil prints of an estate. */
function* outputs(report: Report, context: Context): Generator<readonly [string, string]> {
  const { estate } = context;
  const withheld = <Data>(data: Data): Data => withheldData(data, (text) => estate.withhold(text));
  for (const [format, reporter] of Object.entries(reporters)) yield [format, rendered(reporter, report, OPTIONS)];
  const appendix = appendixOf(context, report, null);
  yield ['html with its appendix', rendered(reporters.html, report, { ...OPTIONS, appendix })];
  for (const { title, picture } of [...appendix.network, appendix.flows]) {
    yield [`picture ${title}`, picture?.svg ?? ''];
  }
  const covered = { ...coverageOf(context, report), incompleteBecause: report.incompleteBecause };
  yield ['coverage', coverageText(covered, 0, OPTIONS)];
  yield ['coverage json', coverageJson(covered)];
  const seal = sealOf(
    { ...report, complete: false },
    { plans: [], jsonPaths: [], toolSha256: null, sealedAt: '2026-11-01T00:00:00Z' },
  );
  yield ['seal', statementText(seal)];
  const flows = withheld({ ...flowMapOf(context, { site: null, dataClass: null }), incompleteBecause: [] });
  yield ['flows', flowsText(flows, 0, OPTIONS)];
  yield ['flows json', flowsJson(flows)];
  yield ['flows svg', flowsSvg(flows, flowsPicture(flows))];
  const picture = withheld(
    drawNetwork(context, enclaveOf(context), { site: null, traces: networkWays(context, null) }),
  );
  yield ['graph json', graphJson(picture)];
  yield ['graph dot', dot(picture)];
  yield ['graph svg', svg(picture)];
  for (const name of pathEndNames(context).slice(0, 6)) {
    for (const [from, to] of [
      [name, 'internet'],
      ['internet', name],
    ] as const) {
      const [start, end] = [pathEnd(from, context), pathEnd(to, context)];
      if (start.kind !== 'end' || end.kind !== 'end') continue;
      const services = servicesOf({ protocol: 'tcp', port: 443 });
      const question = { from: start.end, to: end.end, services, withoutGateways: false };
      const answer = withheld(
        pathReport(question, pathAnswer(question, context), { isDefaultService: true, incompleteBecause: [] }),
      );
      yield [`path ${from} ${to}`, pathText(answer, 0, OPTIONS)];
      yield [`path ${from} ${to} json`, pathJson(answer)];
    }
  }
}

function isIn(address: string, block: string): boolean {
  const [network = '', length] = block.split('/');
  const bits = (text: string): string =>
    text
      .split('.')
      .map((octet) => Number(octet).toString(2).padStart(8, '0'))
      .join('')
      .slice(0, Number(length));
  return bits(address) === bits(network);
}

/** What a reader could know a value by: with a digit in it, and no word that stands everywhere. */
function tellingParts(secret: string): readonly string[] {
  const parts = [secret, ...secret.split(/[\s"'`,;()[\]{}<>|=]+/)];
  const accounts = secret.match(/(?<!\d)\d{12}(?!\d)/g) ?? [];
  return [...parts, ...accounts].filter(
    (part) => part.length >= 6 && /\d/.test(part) && !/^[a-z]{2}(?:-[a-z]+)+-\d[a-z]?$/.test(part),
  );
}

function allSensitive(plan: JsonRecord): JsonRecord {
  const changes = plan['resource_changes'] ?? [];
  return {
    ...plan,
    resource_changes: (isArray(changes) ? changes : []).map((object) => {
      const change = recordOf(recordOf(object)['change']);
      return {
        ...recordOf(object),
        change: { ...change, after_sensitive: marksOf(change['after']), before_sensitive: marksOf(change['before']) },
      };
    }),
  };
}

function marksOf(values: Json | undefined): Json {
  return isRecord(values) ? Object.fromEntries(Object.keys(values).map((name) => [name, true])) : false;
}

/** The literals of arguments, each in the function that marks it; `secrets` gets what they are. */
function hidden(json: Json, secrets: string[], depth: number): Json {
  if (isArray(json)) return json.map((item) => hidden(item, secrets, depth));
  if (isRecord(json)) {
    return Object.fromEntries(
      Object.entries(json).map(([key, item]) => [
        key,
        depth > 1 && ['lifecycle', 'provider', 'depends_on', 'count', 'for_each', '//', 'dynamic'].includes(key)
          ? item
          : hidden(item, secrets, depth + 1),
      ]),
    );
  }
  if (typeof json === 'string' ? /[$%]\{/.test(json) : typeof json !== 'number') return json;
  secrets.push(String(json));
  return `\${sensitive(${JSON.stringify(json)})}`;
}
