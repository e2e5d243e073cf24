import type { Artifact, Invocation, Location, Log, Result as SarifResult, Run } from 'sarif';
import type { Change, FixedFinding, Report, Result } from '../checks/report.ts';
import { sha256 } from '../model/sha256.ts';
import { controlsAskedFor, isComplete } from './conclusion.ts';
import { stringifyJson } from './escape.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';
import { type RunFault, runFaults } from './run-faults.ts';
import { fixesOf } from './sarif-fix.ts';
import {
  Artifacts,
  artifactLocation,
  BASE,
  fingerprintText,
  label,
  logicalLocations,
  messageText,
  physicalLocation,
  relatedLocation,
} from './sarif-location.ts';
import { describeRemedy } from './remedy.ts';
import { faultRule, FAULTS, level, ruleOf } from './sarif-rule.ts';
import {
  byGravity,
  cutNotifications,
  exceptionNotification,
  incompleteNotifications,
  MOST_RESULTS,
  type SarifEntry,
} from './sarif-notification.ts';
import { referencesTo, taxonomiesOf } from './sarif-taxonomy.ts';
import { justification, sentence } from './sentence.ts';

/** Locations of a result, and steps of its way, that GitHub accepts and shows in full. */
const MOST_RELATED = 99;
const MOST_STEPS = 1_000;

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** SARIF 2.1.0 with every verdict, for archives and viewers that know `kind`. */
export const sarif: Reporter = (report, { frames }) => render(report, everything(report, frames));

/**
 * SARIF 2.1.0 with the findings only, for code scanning services that read no `kind` and so would show each pass
 * as an alert (https://github.com/orgs/community/discussions/65477).
 */
export const sarifFindings: Reporter = (report, { frames }) =>
  render(report, (files) => [...faults(report, files), ...foundIn(report, frames, files)]);

function isFinding({ verdict }: Result): boolean {
  return verdict !== 'pass';
}

/** As alerts: these services show no notifications, and take a finding that nobody looked for as fixed. */
function faults(report: Report, files: Artifacts): readonly SarifEntry[] {
  return runFaults(report).map((fault) => ({
    ruleId: faultRule(fault.kind).id,
    kind: 'fail',
    severity: 'critical',
    write: () => faultResult(fault, report, files),
  }));
}

function faultResult({ kind, code, place, text }: RunFault, report: Report, files: Artifacts): SarifResult {
  const physical = (place === null ? null : physicalLocation(place, files)) ?? policyLocation(report, files);
  return {
    ruleId: faultRule(kind).id,
    kind: 'fail',
    level: 'error',
    message: { text: messageText(`${code}: ${text}`) },
    ...(physical === null ? {} : { locations: [{ physicalLocation: physical }] }),
    partialFingerprints: { 'trefoilFault/v1': sha256(JSON.stringify([kind, code, place?.file ?? '', text])) },
    properties: { verdict: kind, severity: 'critical' },
  };
}

/** Texts of the program's files, which only fixes of findings read. */
type Sources = ReporterOptions['frames'];

const NO_SOURCES: Sources = new Map();

type Entries = (files: Artifacts) => readonly SarifEntry[];

/** Findings first, so that a cut takes passes before it takes anything that somebody must act on. */
function everything(report: Report, sources: Sources): Entries {
  return (files) => [
    ...foundIn(report, sources, files),
    ...absent(report, files),
    ...notApplicable(report, files),
    ...passes(report, files),
  ];
}

function foundIn(report: Report, sources: Sources, files: Artifacts): readonly SarifEntry[] {
  return report.results
    .filter(isFinding)
    .map((result) => entryOf(result, () => resultOf(result, report, sources, files)));
}

/** Of a pass the base tells only whether it was a finding. */
function passes(report: Report, files: Artifacts): readonly SarifEntry[] {
  const fixed = new Set(report.comparison?.fixed.map(({ id }) => id));
  return report.results
    .filter((result) => !isFinding(result))
    .map((result) =>
      entryOf(result, () => {
        const written = resultOf(result, report, NO_SOURCES, files);
        if (fixed.has(result.id)) written.baselineState = 'updated';
        return written;
      }),
    );
}

function entryOf(
  { control, verdict, severity }: Pick<Result, 'control' | 'verdict' | 'severity'>,
  write: SarifEntry['write'],
): SarifEntry {
  return { ruleId: control, kind: kind(verdict), severity, write };
}

/** A line for each result, as it is asked for: a run may have more than a string has room for. */
function* render(report: Report, entries: Entries): Generator<string> {
  const artifacts = artifactsOf(report);
  const files = new Artifacts(new Map(artifacts.map(({ path }, index) => [path, index])));
  const taxonomies = taxonomiesOf(implemented(report).map(({ id }) => id));
  const found = entries(files);
  const all = found.length > MOST_RESULTS ? found.toSorted(byGravity) : found;
  const named = new Set(all.map(({ ruleId }) => ruleId));
  const rules = [
    ...implemented(report).map((control) => ruleOf(control, taxonomies)),
    ...FAULTS.map(faultRule).filter(({ id }) => named.has(id)),
  ];
  const ruleIndexes = new Map(rules.map(({ id }, index) => [id, index]));
  const invocation: Invocation = {
    executionSuccessful: isComplete(report) && report.exceptionProblems.length === 0,
    toolConfigurationNotifications: report.exceptionProblems.map((problem) => exceptionNotification(problem, files)),
    toolExecutionNotifications: [...incompleteNotifications(report, files), ...cutNotifications(all)],
  };
  const run: Run = {
    tool: {
      driver: {
        name: report.tool.name,
        version: report.tool.version,
        rules,
        ...(taxonomies.length === 0 ? {} : { supportedTaxonomies: referencesTo(taxonomies) }),
      },
    },
    ...(taxonomies.length === 0 ? {} : { taxonomies: [...taxonomies] }),
    invocations: [invocation],
    originalUriBaseIds: { [BASE]: { description: { text: 'The directory that the run was started for.' } } },
    columnKind: 'utf16CodeUnits',
    artifacts: artifacts.map(({ artifact }) => artifact),
    properties: {
      asOf: report.asOf,
      stage: report.stage,
      filter: {
        controls: report.filter.controls.map(label),
        severities: report.filter.severities,
        sites: report.filter.sites.map(label),
      },
      policy: label(report.policy.name),
      summary: report.summary,
      population: { stacks: report.population.stacks.length, resources: report.population.resources },
    },
  };
  const log: Omit<Log, 'runs'> = { $schema: SCHEMA, version: '2.1.0' };
  yield `${stringifyJson(log).slice(0, -1)},"runs":[{\n`;
  for (const [key, value] of Object.entries(run)) yield ` "${key}": ${stringifyJson(value, 1)},\n`;
  yield ' "results": [';
  for (const [index, entry] of all.slice(0, MOST_RESULTS).entries()) {
    const ruleIndex = ruleIndexes.get(entry.ruleId);
    const result = entry.write();
    if (ruleIndex !== undefined) result.ruleIndex = ruleIndex;
    yield `${index === 0 ? '\n' : ',\n'}  ${stringifyJson(result)}`;
  }
  yield '\n ]\n}]}\n';
}

function implemented({ controls }: Report) {
  return controls.filter(({ status }) => status === 'implemented');
}

function resultOf(result: Result, report: Report, sources: Sources, files: Artifacts): SarifResult {
  const { subject, verdict, exception } = result;
  const place = subject.code ?? subject.source;
  const physical = (place === null ? null : physicalLocation(place, files)) ?? policyLocation(report, files);
  const related = relatedOf(result, files);
  return {
    ruleId: result.control,
    kind: kind(verdict),
    level: verdict === 'fail' || verdict === 'excepted' ? level(result.severity) : 'none',
    message: { text: messageText(sentence(result)) },
    locations: [
      { ...(physical === null ? {} : { physicalLocation: physical }), logicalLocations: logicalLocations(subject) },
    ],
    ...(related.length === 0
      ? {}
      : { relatedLocations: related.slice(0, MOST_RELATED).map((location, id) => ({ id, ...location })) }),
    ...codeFlows(result, files),
    ...fixesOf(result, sources, files),
    partialFingerprints: {
      'trefoilResult/v1': fingerprintText(result.id),
      ...(result.fingerprint === null ? {} : { 'trefoilFailure/v1': result.fingerprint }),
    },
    ...(result.change === null ? {} : { baselineState: BASELINE_STATES[result.change] }),
    ...(exception === null
      ? {}
      : {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: label(justification(exception)),
            },
          ],
        }),
    properties: {
      verdict,
      severity: result.severity,
      site: label(result.site),
      ...remedyIn(result),
      ...(related.length > MOST_RELATED ? { relatedLeftOut: related.length - MOST_RELATED } : {}),
      ...(result.also.length === 0 ? {} : { also: result.also.map(label) }),
      ...(result.blockers.length === 0
        ? {}
        : { blockers: result.blockers.map(({ expression, reason }) => label(`${expression} ${reason}`)) }),
    },
  };
}

function remedyIn({ witness }: Result): { readonly remedy?: string } {
  const remedy = witness?.remedy ?? null;
  return remedy === null ? {} : { remedy: label(describeRemedy(remedy)) };
}

const BASELINE_STATES = {
  new: 'new',
  worsened: 'updated',
  existing: 'unchanged',
} as const satisfies Record<Change, SarifResult.baselineState>;

/**
 * Findings of the base whose subject has no result any more. Not for services that read no `baselineState`, which would
 * show each as an alert.
 */
function absent(report: Report, files: Artifacts): readonly SarifEntry[] {
  const physical = policyLocation(report, files);
  const fixed = report.comparison?.fixed ?? [];
  return fixed
    .filter(({ because }) => because !== 'passes')
    .map((finding) => entryOf(finding, () => absentResult(finding, physical)));
}

function absentResult(
  { id, control, severity, site, verdict, subject, message }: FixedFinding,
  physical: ReturnType<typeof policyLocation>,
): SarifResult {
  return {
    ruleId: control,
    kind: kind(verdict),
    level: verdict === 'unproven' ? 'none' : level(severity),
    message: { text: messageText(`${subject.address} is a finding no more. It was: ${message}.`) },
    locations: [
      { ...(physical === null ? {} : { physicalLocation: physical }), logicalLocations: logicalLocations(subject) },
    ],
    partialFingerprints: { 'trefoilResult/v1': fingerprintText(id) },
    baselineState: 'absent',
    properties: { verdict, severity, site: label(site) },
  };
}

function kind(verdict: Result['verdict']): 'pass' | 'fail' | 'open' {
  switch (verdict) {
    case 'pass':
      return 'pass';
    case 'fail':
    case 'excepted':
      return 'fail';
    case 'unproven':
      return 'open';
  }
}

/** Where a result is that has no place of its own: services refuse results without one. */
function policyLocation({ policy }: Report, files: Artifacts) {
  return physicalLocation({ file: policy.path, line: 1, column: 1 }, files);
}

function relatedOf({ subject, witness }: Result, files: Artifacts): readonly Location[] {
  const related: Location[] = [];
  if (subject.code !== null && subject.source !== null) {
    related.push(relatedLocation('The same resource in the synthesised JSON.', subject.source, files));
  }
  if (witness === null) return related;
  if (witness.source !== null) {
    const seen = witness.value === null ? `${witness.path} is not set.` : `${witness.path} = ${witness.value}`;
    related.push(relatedLocation(witness.path === '' ? (witness.value ?? 'Seen here.') : seen, witness.source, files));
  }
  for (const resource of witness.related) {
    const place = resource.code ?? resource.source;
    related.push(relatedLocation(resource.address, place, files, logicalLocations(resource)));
  }
  return related;
}

/** The way of a packet, hop by hop, as viewers of SARIF step through it. */
function codeFlows({ witness }: Result, files: Artifacts): Pick<SarifResult, 'codeFlows'> {
  if (witness === null || witness.trace === null) return {};
  const { packet, hops } = witness.trace;
  const locations = hops.slice(0, MOST_STEPS).map((hop) => {
    const message = { text: messageText(`${hop.at} ${hop.what}`) };
    const place = hop.code ?? hop.source;
    const physical = place === null ? null : physicalLocation(place, files);
    const logical = hop.address === null ? [] : logicalLocations({ ...hop, address: hop.address });
    return {
      location: {
        message,
        ...(physical === null ? {} : { physicalLocation: physical }),
        ...(logical.length === 0 ? {} : { logicalLocations: logical }),
      },
    };
  });
  if (locations.length === 0) return {};
  return { codeFlows: [{ message: { text: messageText(packet) }, threadFlows: [{ locations }] }] };
}

function notApplicable(report: Report, files: Artifacts): readonly SarifEntry[] {
  const physical = policyLocation(report, files);
  return controlsAskedFor(report)
    .filter(({ population }) => population === 0)
    .map(({ id, severity }) => ({
      ruleId: id,
      kind: 'notApplicable',
      severity,
      write: () => ({
        ruleId: id,
        kind: 'notApplicable',
        level: 'none',
        message: { text: 'The estate holds nothing that this control judges: population 0.' },
        ...(physical === null ? {} : { locations: [{ physicalLocation: physical }] }),
        partialFingerprints: { 'trefoilResult/v1': id },
        properties: { verdict: 'not-applicable', severity },
      }),
    }));
}

function artifactsOf(report: Report): readonly { readonly path: string; readonly artifact: Artifact }[] {
  const byPath = new Map<string, Artifact>();
  const add = (path: string, sha256: string, role: 'analysisTarget' | 'userSpecifiedConfiguration'): void => {
    if (byPath.has(path)) return;
    const location = artifactLocation(path) ?? {
      description: { text: messageText(`Outside the directory of the run: ${path}`) },
    };
    byPath.set(path, { location, roles: [role], hashes: { 'sha-256': sha256 } });
  };
  for (const { path, sha256 } of report.inputs) add(path, sha256, 'analysisTarget');
  add(report.policy.path, report.policy.sha256, 'userSpecifiedConfiguration');
  for (const { path, sha256 } of report.exceptionFiles) add(path, sha256, 'userSpecifiedConfiguration');
  return Array.from(byPath, ([path, artifact]) => ({ path, artifact }));
}
