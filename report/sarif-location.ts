import type { ArtifactLocation, Location, LogicalLocation, PhysicalLocation } from 'sarif';
import { sha256 } from '../model/sha256.ts';
import type { SourceLocation } from '../model/source.ts';
import { cut, escapeMessage, relativeUri, visible } from './escape.ts';

/** The base of every URI: the directory the run was started for. */
export const BASE = 'SRCROOT';

const LONGEST_NAME = 1000;

/** Indexes of the run's artifacts, by path. */
export type ArtifactIndexes = ReadonlyMap<string, number>;

/** Paths of files are shorter on every system; what programs record of themselves may be anything. */
const LONGEST_PATH = 4096;

/** Null for a file outside the directory of the run, which no relative URI can name. */
export function artifactLocation(path: string, indexes: ArtifactIndexes = new Map()): ArtifactLocation | null {
  if (path.length > LONGEST_PATH) return null;
  const uri = relativeUri(path);
  if (uri === null) return null;
  const index = indexes.get(path);
  return index === undefined ? { uri, uriBaseId: BASE } : { uri, uriBaseId: BASE, index };
}

export function physicalLocation(place: SourceLocation, indexes: ArtifactIndexes): PhysicalLocation | null {
  const artifact = artifactLocation(place.file, indexes);
  if (artifact === null) return null;
  return { artifactLocation: artifact, region: { startLine: place.line, startColumn: place.column } };
}

/** Terraform address and construct path. */
export function logicalLocations(subject: {
  readonly stack: string | null;
  readonly address: string;
  readonly constructPath: string | null;
}): LogicalLocation[] {
  const name = label(subject.address);
  const path = subject.stack === null ? name : label(`${subject.stack}/${subject.address}`);
  const address: LogicalLocation = { name, fullyQualifiedName: path, kind: 'resource' };
  if (subject.constructPath === null) return [address];
  const construct = label(subject.constructPath);
  return [address, { name: construct, fullyQualifiedName: construct, kind: 'construct' }];
}

export function messageText(text: string): string {
  return escapeMessage(cut(text, LONGEST_MESSAGE));
}

const LONGEST_MESSAGE = 2000;

/** A location with a text of its own, for `relatedLocations`. */
export function relatedLocation(
  text: string,
  place: SourceLocation,
  indexes: ArtifactIndexes,
  logical: LogicalLocation[] = [],
): Location {
  const physical = physicalLocation(place, indexes);
  return {
    message: { text: messageText(text) },
    ...(physical === null ? {} : { physicalLocation: physical }),
    ...(logical.length === 0 ? {} : { logicalLocations: logical }),
  };
}

/** Text for a name or a property. */
export function label(text: string): string {
  return visible(cut(text, LONGEST_NAME));
}

/** A text that tells results apart; of a long one its digest does. */
export function fingerprintText(id: string): string {
  return id.length <= LONGEST_NAME ? id : `${id.slice(0, id.indexOf(':') + 1)}sha256:${sha256(id)}`;
}
