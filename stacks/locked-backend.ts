import { S3Backend } from 'cdktf';

/** An S3 backend that locks the state with a file beside it, an argument that the typed backend does not know. */
export class LockedS3Backend extends S3Backend {
  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...super.synthesizeAttributes(), use_lockfile: true };
  }
}
