import { type Value } from '../../value.ts';
import type { Conversion } from '../convert.ts';
import { textValue } from '../text.ts';
import { type FunctionTable, listOf, TEXT, textAt, tupleOf } from './definition.ts';

export const PATTERNS: FunctionTable = {
  regex: { parameters: [TEXT, TEXT], apply: firstMatch },
  regexall: { parameters: [TEXT, TEXT], apply: allMatches },
};

/**
 * Patterns are evaluated only where Terraform's regular expressions and JavaScript's agree and cannot run away:
 * literals, classes, groups that are not repeated, and quantifiers on single characters.
 */
const LITERAL = /^(?:[A-Za-z0-9 _\-:/@#%&=,;'"<>!~]|\\[.\-/_:@+*?()[\]{}|^$\\dDwW])/;
const CLASS =
  /^\[\^?(?:[A-Za-z0-9 _:/@#%=,;'"<>!.+*?(){}|$]|\\[.\-/\]\\dw]|-(?=\]))+(?:-[A-Za-z0-9](?:[A-Za-z0-9 _:/@#%=,;'"<>!.+*?(){}|$]|\\[.\-/\]\\dw])*)*-?\]/;
const GROUP = /^\((?:\?:|\?P?<[A-Za-z_][A-Za-z0-9_]*>)?/;
const QUANTIFIER = /^(?:[*+?]|\{\d{1,2}(?:,\d{0,2})?\})\??/;

const MAXIMUM_SUBJECT = 2000;

function compile(pattern: string, subject: string): RegExp | null {
  if (subject.length > MAXIMUM_SUBJECT || !/^[\u0020-\u007e\n\t]*$/.test(subject)) return null;
  let rest = pattern;
  let source = '';
  let depth = 0;
  let quantifiers = 0;
  const take = (token: RegExp): string | null => {
    const [match] = token.exec(rest) ?? [];
    if (match !== undefined) rest = rest.slice(match.length);
    return match ?? null;
  };
  while (rest !== '') {
    const atom = take(CLASS) ?? take(LITERAL) ?? take(/^\./);
    if (atom !== null) {
      source += atom;
      const quantifier = take(QUANTIFIER);
      if (quantifier !== null) quantifiers++;
      source += quantifier ?? '';
      continue;
    }
    const open = take(GROUP);
    if (open !== null) {
      depth++;
      source += open.replace('?P<', '?<');
      continue;
    }
    const other = take(/^[)|^$]/);
    if (other === null || (other === ')' && depth === 0) || QUANTIFIER.test(rest)) return null;
    if (other === ')') depth--;
    source += other;
  }
  if (depth !== 0 || quantifiers > 6) return null;
  try {
    return new RegExp(source, 'g');
  } catch {
    // Duplicate group names and reversed ranges; Terraform decides about them.
    return null;
  }
}

/** A match is its text, or its groups by position, or by name. */
function matchValue(match: RegExpExecArray): Value {
  if (match.groups !== undefined) {
    const names = Object.keys(match.groups);
    return { kind: 'object', entries: new Map(names.map((name) => [name, groupValue(match.groups?.[name])])) };
  }
  if (match.length > 1) return tupleOf(match.slice(1).map(groupValue));
  return textValue(match[0]);
}

function groupValue(text: string | undefined): Value {
  return text === undefined ? { kind: 'null', typed: true } : textValue(text);
}

/** Terraform refuses to mix named and unnamed groups. */
function mixesGroups(pattern: string): boolean {
  const withoutEscapes = pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
  return /\(\?P?</.test(withoutEscapes) && /\((?!\?)/.test(withoutEscapes);
}

function firstMatch(values: readonly Value[]): Conversion {
  const [pattern, subject] = [textAt(values, 0), textAt(values, 1)];
  const expression = mixesGroups(pattern) ? null : compile(pattern, subject);
  if (expression === null) return 'unsure';
  const match = expression.exec(subject);
  return match === null ? 'invalid' : matchValue(match);
}

function allMatches(values: readonly Value[]): Conversion {
  const [pattern, subject] = [textAt(values, 0), textAt(values, 1)];
  const expression = mixesGroups(pattern) ? null : compile(pattern, subject);
  if (expression === null) return 'unsure';
  const matches = [...subject.matchAll(expression)];
  // Go and JavaScript differ on empty matches next to others.
  if (matches.some(([text]) => text === '')) return 'unsure';
  if (matches.length === 0 && expression.source.includes('(')) return 'unsure';
  return listOf(matches.map(matchValue));
}

/** `replace` with a pattern; `$1` and `${1}` in the replacement stand for groups. */
export function replacePattern(text: string, pattern: string, replacement: string): Conversion {
  const expression = compile(pattern, text);
  if (expression === null || expression.source.includes('?<')) return 'unsure';
  if ([...text.matchAll(expression)].some(([match]) => match === '')) return 'unsure';
  if (/\$(?!\$|\d|\{\d+\})/.test(replacement) || /\$\d+[A-Za-z0-9_]/.test(replacement) || replacement.includes('$$')) {
    return 'unsure';
  }
  const result = text.replace(expression, (...match: (string | number)[]) => {
    const groups = match.slice(
      0,
      match.findIndex((part) => typeof part === 'number'),
    );
    return replacement.replace(/\$(?:(\d+)|\{(\d+)\})/g, (_, bare?: string, braced?: string) => {
      return String(groups[Number(bare ?? braced)] ?? '');
    });
  });
  return textValue(result);
}
