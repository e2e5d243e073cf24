import type { Report } from '../../checks/report.ts';
import { BUCKETS_ENCRYPTED, exceptedOf, failOf, passOf, reportOf, subjectOf, unprovenOf } from './reports.ts';

const problem = { what: 'x', why: 'y', fix: 'z' };

/** A report in which a text stands wherever the input may have put one. */
export function hostileReport(name: string): Report {
  const place = { file: name, line: 1, column: 1 };
  const subject = subjectOf({ stack: name, address: name, constructPath: name, source: place, code: place });
  const witness = {
    path: name,
    value: name,
    extent: name,
    source: place,
    related: [{ stack: name, address: name, constructPath: name, source: place, code: place }],
    trace: {
      packet: name,
      hops: [{ at: name, what: name, stack: name, address: name, constructPath: name, source: place, code: place }],
      closedBy: [name],
    },
    remedy: { construct: name, module: name, address: name, code: place, properties: [{ name, to: name }] },
  };
  const parts = { subject, message: name, fix: name, site: name };
  return reportOf({
    policy: {
      name,
      path: name,
      sha256: 'a'.repeat(64),
      history: {
        kind: 'known',
        commit: 'd'.repeat(40),
        state: 'committed',
        lastChange: { commit: 'e'.repeat(40), author: name },
        owners: { path: '.github/CODEOWNERS', sha256: 'f'.repeat(64), lines: [{ line: 1, text: name }] },
      },
    },
    inputs: [{ path: name, sha256: 'b'.repeat(64) }],
    exceptionFiles: [{ path: name, sha256: 'c'.repeat(64) }],
    complete: false,
    incompleteBecause: [name],
    problems: [{ code: 'IN-PARSE', path: name, ...problem, what: name }],
    exceptionProblems: [{ code: 'PO-UNUSED', location: place, ...problem, what: name }],
    filter: { controls: [name], severities: [], sites: [name] },
    sites: [{ id: name, name }],
    population: {
      stacks: [{ name, sites: [name], resources: 1 }],
      resources: 1,
      types: [{ type: name, resources: 1 }],
    },
    results: [
      passOf(BUCKETS_ENCRYPTED, parts),
      failOf(BUCKETS_ENCRYPTED, { ...parts, witness }),
      unprovenOf(BUCKETS_ENCRYPTED, { ...parts, parts: [], blockers: [{ expression: name, reason: name }] }),
      exceptedOf(BUCKETS_ENCRYPTED, {
        ...parts,
        witness,
        also: [name],
        exception: {
          id: name,
          starts: name,
          ends: name,
          reason: name,
          owner: name,
          approver: name,
          ticket: name,
          compensatingControls: [name],
        },
      }),
    ],
  });
}
