import type { Estate } from '../../../model/estate.ts';
import type { Path, Resource } from '../../../model/resource.ts';
import { display, string, type Value } from '../../../model/value.ts';
import { bucketOfUri } from '../../../proofs/flows/hosts.ts';
import type { Outcome } from '../../check.ts';
import enc001 from '../enc-001-s3-default-encryption.ts';
import type { StoreInspection } from './store-messages.ts';

const BUCKET = 'aws_s3_bucket';

/** What is written to a bucket without a word on encryption is encrypted as the bucket does by default. */
export function judgeBucketDefault(
  user: Resource,
  { path, value }: { readonly path: Path; readonly value: Value },
  inspection: StoreInspection,
): Outcome {
  const { estate, pass, fail, unproven } = inspection;
  const bucket = bucketNamed(value, user, estate);
  if (bucket === null) return unproven(`is encrypted as the bucket ${display(value)} is, which is not in the estate`);
  const { verdict } = enc001.inspector(inspection)({ kind: 'resource', resource: bucket });
  if (verdict === 'pass') return pass();
  if (verdict === 'fail' && !bucket.init.isSymbolic) {
    return fail({ path, value, related: [bucket] }, 'inherits', { owner: bucket.address });
  }
  return unproven(`is encrypted as ${bucket.address} is, which is not proved`);
}

/** The bucket of the estate that a name, an ARN or a URI names. */
function bucketNamed(value: Value, user: Resource, estate: Estate): Resource | null {
  const target = estate.resolve(nameIn(value), [BUCKET], user);
  if (target.kind !== 'resource' || target.resource.type !== BUCKET) return null;
  return target.resource.init.mode === 'managed' ? target.resource : null;
}

/** `s3://${aws_s3_bucket.ledger.id}/results` and `s3://ledger/results` name the bucket by what follows the scheme. */
function nameIn(value: Value): Value {
  if (value.kind === 'template') {
    const [scheme, hole] = value.parts;
    return scheme === 's3://' && typeof hole === 'object' ? hole : value;
  }
  const name = value.kind === 'string' ? bucketOfUri(value.value) : null;
  return name === null ? value : string(name);
}
