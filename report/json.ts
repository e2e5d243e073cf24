import type { SourceLocation } from '../model/source.ts';
import type { Comparison, ControlStatus, Report, Result, ResultRemedy, ResultWitness } from '../checks/report.ts';
import type { AppliedException } from '../policy/exceptions.ts';
import type { PolicyHistory } from '../policy/policy-history.ts';
import { stringifyJson } from './escape.ts';

/** Of `report.schema.json`. The first number changes when a reader of the old format could misread the new one. */
export const REPORT_SCHEMA_VERSION = '1.4';

/**
 * For programs and archives: everything of the report, in the order of `report.schema.json`, which describes it.
 * Every result, control and input is on one line, so that two reports compare well and a large one stays small.
 */
export function* json(report: Report): Generator<string> {
  yield '{\n';
  for (const [key, value] of Object.entries(content(report))) {
    yield `  "${key}": `;
    yield* Array.isArray(value) ? list<unknown>(value, (item) => item) : [stringifyJson(value)];
    yield ',\n';
  }
  yield '  "results": ';
  yield* list(report.results, resultContent);
  yield '\n}\n';
}

function* list<Item>(items: readonly Item[], contentOf: (item: Item) => unknown): Generator<string> {
  for (const [index, item] of items.entries()) {
    yield index === 0 ? '[\n    ' : ',\n    ';
    yield stringifyJson(contentOf(item));
  }
  yield items.length === 0 ? '[]' : '\n  ]';
}

/** All but the results, of which there may be more than a string has room for. */
function content(report: Report) {
  const { tool, policy, population, summary } = report;
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    tool: { name: tool.name, version: tool.version },
    asOf: report.asOf,
    stage: report.stage,
    complete: report.complete,
    incompleteBecause: report.incompleteBecause,
    problems: report.problems.map(({ code, path, location, what, why, fix }) => ({
      code,
      path,
      location: place(location ?? null),
      what,
      why,
      fix,
    })),
    exceptionProblems: report.exceptionProblems.map(({ code, location, what, why, fix }) => ({
      code,
      location: place(location),
      what,
      why,
      fix,
    })),
    filter: {
      controls: report.filter.controls,
      severities: report.filter.severities,
      sites: report.filter.sites,
    },
    policy: {
      name: policy.name,
      path: policy.path,
      sha256: policy.sha256,
      ...(policy.history === undefined ? {} : { history: historyContent(policy.history) }),
    },
    exceptionFiles: report.exceptionFiles.map(({ path, sha256 }) => ({ path, sha256 })),
    inputs: report.inputs.map(({ path, sha256 }) => ({ path, sha256 })),
    population: {
      resources: population.resources,
      stacks: population.stacks.map(({ name, sites, resources }) => ({ name, sites, resources })),
      types: population.types.map(({ type, resources }) => ({ type, resources })),
    },
    escapeHatches: report.escapeHatches.map(({ kind, stack, address, what, source, code }) => ({
      kind,
      stack,
      address,
      what,
      source: place(source),
      code: place(code),
    })),
    sites: report.sites.map(({ id, name }) => ({ id, name })),
    unprovenBlocks: report.unprovenBlocks,
    comparison: report.comparison === null ? null : comparisonContent(report.comparison),
    summary: {
      pass: summary.pass,
      fail: summary.fail,
      unproven: summary.unproven,
      excepted: summary.excepted,
      'not-applicable': summary['not-applicable'],
    },
    controls: report.controls.map(controlContent),
  };
}

function historyContent(history: PolicyHistory) {
  if (history.kind === 'unknown') return { kind: history.kind, because: history.because };
  const { kind, commit, state, lastChange, owners } = history;
  return {
    kind,
    commit,
    state,
    lastChange: lastChange === null ? null : { commit: lastChange.commit, author: lastChange.author },
    owners:
      owners === null
        ? null
        : {
            path: owners.path,
            sha256: owners.sha256,
            lines: owners.lines.map(({ line, text }) => ({ line, text })),
          },
  };
}

function comparisonContent({ base, blocks, limits, fixed }: Comparison) {
  return {
    base: {
      path: base.path,
      inputs: base.inputs.map(({ path, sha256 }) => ({ path, sha256 })),
      asOf: base.asOf,
    },
    blocks,
    limits,
    fixed: fixed.map(({ id, control, family, severity, verdict, site, subject, message, because }) => ({
      id,
      control,
      family,
      severity,
      verdict,
      site,
      subject: {
        kind: subject.kind,
        stack: subject.stack,
        address: subject.address,
        constructPath: subject.constructPath,
      },
      message,
      because,
    })),
  };
}

function controlContent(control: ControlStatus) {
  return {
    id: control.id,
    family: control.family,
    severity: control.severity,
    status: control.status,
    population: control.population,
    title: control.title,
    why: control.why,
    fix: control.fix,
    references: control.references,
    resourceTypes: control.resourceTypes,
  };
}

function resultContent(result: Result) {
  const { subject, exception } = result;
  return {
    id: result.id,
    control: result.control,
    family: result.family,
    severity: result.severity,
    verdict: result.verdict,
    change: result.change,
    site: result.site,
    subject: {
      kind: subject.kind,
      stack: subject.stack,
      address: subject.address,
      constructPath: subject.constructPath,
    },
    source: place(subject.code ?? subject.source),
    code: place(subject.code),
    input: place(subject.source),
    message: result.message,
    messageId: result.messageId,
    fix: result.fix,
    witness: result.witness === null ? null : witnessContent(result.witness),
    also: result.also,
    fingerprint: result.fingerprint,
    parts: result.parts,
    blockers: result.blockers.map(({ expression, reason }) => ({ expression, reason })),
    exception: exception === null ? null : exceptionContent(exception),
  };
}

function exceptionContent(exception: AppliedException) {
  const { id, starts, ends, reason, owner, approver, ticket, compensatingControls } = exception;
  return { id, starts, ends, reason, owner, approver, ticket, compensatingControls };
}

function witnessContent({ path, value, extent, source, related, trace, remedy }: ResultWitness) {
  return {
    path,
    value,
    extent,
    source: place(source),
    related: related.map((resource) => ({
      stack: resource.stack,
      address: resource.address,
      constructPath: resource.constructPath,
      source: place(resource.code ?? resource.source),
      code: place(resource.code),
      input: place(resource.source),
    })),
    trace:
      trace === null
        ? null
        : {
            packet: trace.packet,
            hops: trace.hops.map((hop) => ({
              at: hop.at,
              what: hop.what,
              stack: hop.stack,
              address: hop.address,
              constructPath: hop.constructPath,
              source: place(hop.code ?? hop.source),
              code: place(hop.code),
              input: place(hop.source),
            })),
            closedBy: trace.closedBy,
          },
    remedy: remedy === null ? null : remedyContent(remedy),
  };
}

function remedyContent({ construct, module, address, code, properties }: ResultRemedy) {
  return {
    construct,
    module,
    address,
    code: place(code),
    properties: properties.map(({ name, to }) => ({ name, to })),
  };
}

function place(location: SourceLocation | null) {
  return location === null ? null : { file: location.file, line: location.line, column: location.column };
}
