import type { ArtifactLocation, Location, LogicalLocation, PhysicalLocation } from 'sarif';
import { sha256 } from '../model/sha256.ts';
import type { SourceLocation } from '../model/source.ts';
import { cut, escapeMessage, relativeUri, visible } from './escape.ts';

/** The base of every URI: the directory the run was started for. */
export const BASE = 'SRCROOT';

const LONGEST_NAME = 1000;

/** Paths of files are shorter on every system; what programs record of themselves may be anything. */
const LONGEST_PATH = 4096;

/** The files of a run, of which each is found once, however many results are in it. */
export class Artifacts {
  readonly #indexes: ReadonlyMap<string, number>;
  readonly #locations = new Map<string, ArtifactLocation | null>();

  /** Indexes of the run's artifacts, by path. */
  constructor(indexes: ReadonlyMap<string, number>) {
    this.#indexes = indexes;
  }

  /** Null for a file outside the directory of the run, which no relative URI can name. */
  locationOf(path: string): ArtifactLocation | null {
    const known = this.#locations.get(path);
    if (known !== undefined) return known;
    const location = artifactLocation(path);
    const index = this.#indexes.get(path);
    if (location !== null && index !== undefined) location.index = index;
    this.#locations.set(path, location);
    return location;
  }
}

/** The location of a file that is no artifact of the run, or is described by it. */
export function artifactLocation(path: string): ArtifactLocation | null {
  const uri = path.length > LONGEST_PATH ? null : relativeUri(path);
  return uri === null ? null : { uri, uriBaseId: BASE };
}

export function physicalLocation(place: SourceLocation, files: Artifacts): PhysicalLocation | null {
  const artifact = files.locationOf(place.file);
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
  files: Artifacts,
  logical: LogicalLocation[] = [],
): Location {
  const physical = physicalLocation(place, files);
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
