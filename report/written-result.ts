import type { Result } from '../checks/report.ts';
import type { WrittenResult } from './read-report.ts';

/** A result of a JSON report as it was before it was written. */
export function resultOf(written: WrittenResult): Result {
  const { subject, input, code, witness } = written;
  return {
    id: written.id,
    control: written.control,
    family: written.family,
    severity: written.severity,
    verdict: written.verdict,
    subject: { ...subject, source: input, code },
    site: written.site,
    message: written.message,
    messageId: written.messageId,
    fix: written.fix,
    witness:
      witness === null
        ? null
        : {
            ...witness,
            related: witness.related.map(withSource),
            trace: witness.trace === null ? null : { ...witness.trace, hops: witness.trace.hops.map(withSource) },
          },
    also: written.also,
    blockers: written.blockers,
    fingerprint: written.fingerprint,
    parts: written.parts,
    exception: written.exception,
    change: written.change,
  };
}

/** The place in the input by the name that it has in a report. */
function withSource<Location, Place extends { readonly input: Location }>({
  input,
  ...place
}: Place & { readonly input: Location }) {
  return { ...place, source: input };
}
