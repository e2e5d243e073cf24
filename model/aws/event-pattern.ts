import { asItems, asString, child, display, type Hidden, isHidden, type Value } from '../value.ts';

/** The fields of an event, by dotted path: `detail.eventName`. Of others nothing is known. */
export type EventFields = ReadonlyMap<string, string>;

/** Whether a pattern of EventBridge lets an event through; what hides it, or a clause, where that is not known. */
export function letsThrough(pattern: Value, event: EventFields): boolean | Hidden | string {
  const clues = cluesOf(pattern, event, '');
  return clues.includes(false) ? false : (clues.find((clue) => clue !== true) ?? true);
}

/** Deep patterns are of the parts of an event that are asked for; nothing is asked for below four levels. */
const DEEPEST = 4;

function cluesOf(pattern: Value, event: EventFields, at: string): readonly (boolean | Hidden | string)[] {
  if (isHidden(pattern)) return [pattern];
  if (pattern.kind !== 'object') return ['is no object'];
  return Array.from(pattern.entries, ([name, wanted]) => {
    const path = at === '' ? name : `${at}.${name}`;
    if (wanted.kind === 'object' && path.split('.').length < DEEPEST) {
      const inner = cluesOf(wanted, event, path);
      return inner.includes(false) ? false : (inner.find((clue) => clue !== true) ?? true);
    }
    if (isHidden(wanted)) return wanted;
    const value = event.get(path);
    if (value === undefined || wanted.kind !== 'list') return `asks for ${path}, which events may have or not`;
    const { items, open } = asItems(wanted);
    const matches = items.map((item) => matchesOne(item, value));
    if (matches.includes(true)) return true;
    return [...matches, ...open].find((clue) => clue !== false && clue !== true) ?? false;
  });
}

function matchesOne(wanted: Value, value: string): boolean | Hidden | string {
  if (isHidden(wanted)) return wanted;
  if (wanted.kind !== 'object') return asString(wanted) === value;
  const [[name, operand] = ['', wanted], ...more] = wanted.entries;
  const text = operand.kind === 'list' || operand.kind === 'object' ? null : asString(operand);
  if (more.length > 0) return `has the filter ${display(wanted)}, which is not worked out`;
  if (isHidden(text)) return text;
  switch (name) {
    case 'prefix':
      if (text !== null) return value.startsWith(text);
      break;
    case 'suffix':
      if (text !== null) return value.endsWith(text);
      break;
    case 'equals-ignore-case':
      if (text !== null) return value.toLowerCase() === text.toLowerCase();
      break;
    case 'exists':
      return child(wanted, 'exists').kind === 'boolean' && display(operand) === 'true';
    case 'anything-but':
      if (text !== null) return value !== text;
      if (operand.kind === 'list' && operand.items.every((item) => item.kind === 'string')) {
        return !operand.items.some((item) => asString(item) === value);
      }
      break;
    default:
      break;
  }
  return `has the filter ${display(wanted)}, which is not worked out`;
}
