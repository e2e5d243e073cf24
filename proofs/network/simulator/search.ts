import type { Address, Packet } from '../question.ts';
import { follow } from './hops.ts';
import type { Branch, End, Junction, Position, Step, Terms } from './journey.ts';
import { partOf, type Parts } from './parts.ts';

/** Steps that are taken of a source of many before the others have their turn. */
const BATCH = 4;

export interface Searching {
  readonly terms: Terms;
  readonly start: Junction;
  readonly isGoal: (step: Step) => boolean;
  /** How many packets of its own a relay tries; all when null. */
  readonly limit: number | null;
  /** After how many positions the search gives up; never when null. */
  readonly most: number | null;
}

export interface Searched {
  /** The first step that is a goal, on the way with the fewest hops. */
  readonly goal: Step | null;
  readonly ends: readonly End[];
  /** Whether there was more to try. */
  readonly isCutShort: boolean;
}

interface Source {
  readonly junction: Junction;
  readonly steps: Iterator<Step, void>;
}

/** All that may become of a packet, the fewest hops first, until it is where it shall be. */
export function search({ terms, start, isGoal, limit, most }: Searching): Searched {
  const queue = new Queue();
  const seen = new Set<string>();
  const ends: End[] = [];
  const sources: Source[] = [];
  const collect = (junction: Junction): void => {
    ends.push(...junction.ends);
    for (const step of junction.steps) queue.add(step);
    if (junction.more !== null) sources.push({ junction, steps: junction.more });
  };
  collect(start);
  for (let step = next(queue, sources, limit); step !== null; step = next(queue, sources, limit)) {
    if (isGoal(step)) return { goal: step, ends, isCutShort: false };
    const state = stateOf(step, terms);
    const { branch } = step;
    // Also where ways are told apart by what they have passed: each round passes more, without end.
    if (branch.path.includes(state)) {
      ends.push(...circleOf(branch));
      continue;
    }
    const key = terms.remembers ? `${state} ${historyKey(branch, terms.parts)}` : state;
    if (seen.has(key)) continue;
    if (seen.size === most) return { goal: null, ends, isCutShort: true };
    seen.add(key);
    collect(follow(terms, step.position, { ...branch, path: [...branch.path, state] }));
  }
  return { goal: null, ends, isCutShort: false };
}

/** The end of a packet that is where it has been before, and so will be again until its time to live is over. */
function circleOf({ hops, doubts }: Branch): readonly End[] {
  const last = hops.at(-1);
  if (last === undefined) return [];
  return [{ at: last.at, reason: 'sends it round in a circle', by: last.by, hops, doubts }];
}

function next(queue: Queue, sources: Source[], limit: number | null): Step | null {
  for (;;) {
    const step = queue.take();
    if (step !== null) return step;
    const source = sources.shift();
    if (source === undefined) return null;
    for (let taken = 0; taken < (limit ?? BATCH); taken++) {
      const result = source.steps.next();
      if (result.done === true) break;
      queue.add(result.value);
      if (taken + 1 === BATCH && limit === null) sources.push(source);
    }
  }
}

/** Steps by the hops that they have behind them; the earlier added first among equal ones. */
class Queue {
  readonly #levels: Step[][] = [];
  #lowest = 0;

  add(step: Step): void {
    const level = step.branch.hops.length;
    while (this.#levels.length <= level) this.#levels.push([]);
    this.#levels[level]?.push(step);
    this.#lowest = Math.min(this.#lowest, level);
  }

  take(): Step | null {
    for (; this.#lowest < this.#levels.length; this.#lowest++) {
      const step = this.#levels[this.#lowest]?.shift();
      if (step !== undefined) return step;
    }
    return null;
  }
}

/** Where a packet is, and what it is there. */
function stateOf({ position, branch }: Step, { parts }: Terms): string {
  return `${position.kind} ${placeKey(position, parts)} ${packetKey(position.packet)} ${branch.passed}`;
}

/** By what a packet has come, as far as its reply depends on it. */
function historyKey({ events }: Branch, parts: Parts): string {
  return events
    .map((event) => {
      switch (event.kind) {
        case 'sent':
          return `${parts.numberOf(partOf(event.from))} ${packetKey(event.packet)}`;
        case 'passed':
          return String(parts.numberOf(event.box));
        case 'translated':
          return String(parts.numberOf(event.nat));
        case 'relayed':
          return `${parts.numberOf(event.relay)} ${parts.numberOf(event.entry)}`;
        case 'opened':
          return `${parts.numberOf(event.exit)} ${packetKey(event.after)} ${event.keepsSource}`;
        case 'left':
          return event.by.kind;
      }
    })
    .join(';');
}

function placeKey(position: Position, parts: Parts): string {
  switch (position.kind) {
    case 'leaving':
    case 'inside':
      return String(parts.numberOf(position.subnet));
    case 'transit': {
      const { attachment, zone } = position;
      const from = zone === null ? '' : zone.kind === 'known' ? `zone ${zone.name}` : String(parts.numberOf(zone));
      return `${parts.numberOf(attachment)} ${from}`;
    }
    case 'relayed':
      return String(parts.numberOf(position.relay));
    case 'translated':
    case 'returned':
      return String(parts.numberOf(position.nat));
    case 'opened':
    case 'handed':
      return String(parts.numberOf(position.interface));
    case 'arrived':
      return String(parts.numberOf(partOf(position.place)));
    case 'anywhere':
      return '';
  }
}

function packetKey({ source, destination, service }: Packet): string {
  return `${addressKey(source)}>${addressKey(destination)}:${service}`;
}

function addressKey(address: Address): string {
  return address.kind === 'number' ? `${address.family}/${address.value.toString(36)}` : `"${address.unknown.name}"`;
}
