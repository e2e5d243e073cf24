import type { ArtifactLocation, Location, LogicalLocation, PhysicalLocation } from 'sarif';
import type { SourceLocation } from '../model/source.ts';
import { cut, escapeMessage, relativeUri, visible } from './escape.ts';

/** The base of every URI: the directory the run was started for. */
export const BASE = 'SRCROOT';

const LONGEST_NAME = 1000;

/** Indexes of the run's artifacts, by path. */
export type ArtifactIndexes = ReadonlyMap<string, number>;

/** Null for a file outside the directory of the run, which no relative URI can name. */
export function artifactLocation(path: string, indexes: ArtifactIndexes = new Map()): ArtifactLocation | null {
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

function label(text: string): string {
  return visible(cut(text, LONGEST_NAME));
}
