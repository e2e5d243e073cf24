import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cut,
  escapeLine,
  escapeMarkdown,
  escapeMessage,
  escapeText,
  relativeUri,
  stringifyJson,
  visible,
} from '../../report/escape.ts';
import { anyText, HOSTILE } from '../support/hostile-strings.ts';

const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

describe('visible', () => {
  it.each([
    ['\u001b[31m', '\\u{1b}[31m'],
    ['a\nb', 'a\\u{a}b'],
    ['\u009b0m', '\\u{9b}0m'],
    ['\u202egnp', '\\u{202e}gnp'],
    ['a\u200bb', 'a\\u{200b}b'],
    ['\ud800', '\\u{d800}'],
    ['\u{e0041}', '\\u{e0041}'],
    ['no\u00a0break', 'no\\u{a0}break'],
    ['Tromsø, Đà Nẵng, 東京 "x" \\', 'Tromsø, Đà Nẵng, 東京 "x" \\'],
  ])('shows %j as %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('leaves nothing hidden in any text, and is stable', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = visible(text);
        expect(shown).not.toMatch(HIDDEN);
        expect(visible(shown)).toBe(shown);
      }),
    );
  });
});

describe('escapeText', () => {
  it('leaves only printable ASCII where the terminal knows no other', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeText(text, 'ascii')).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });

  it('leaves no command of a build runner', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeText(text, 'unicode')).not.toMatch(/##(\[|vso\[)/);
      }),
    );
    expect(escapeText('##[error]x ##vso[y]', 'unicode')).toBe('#\\u{23}[error]x #\\u{23}vso[y]');
  });
});

describe('escapeLine', () => {
  it.each([
    ['::error::x', '\\u{3a}:error::x'],
    ['  \u001b[31m::error::x', '  \u001b[31m\\u{3a}:error::x'],
    ['at a::b', 'at a::b'],
    [':one', ':one'],
  ])('writes %j as %j', (line, escaped) => {
    expect(escapeLine(line)).toBe(escaped);
  });
});

describe('escapeMessage', () => {
  it.each([
    ['[click](https://example.com)', '\\[click\\](https://example.com)'],
    ['aws_subnet.app["a"]', 'aws_subnet.app\\["a"\\]'],
    ['a\\b', 'a\\\\b'],
    ['{0} and ${var.a}', '{{0}} and ${var.a}'],
  ])('writes %j as %j', (text, escaped) => {
    expect(escapeMessage(text)).toBe(escaped);
  });

  it('leaves no bracket that a viewer takes for a link, and loses no character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const escaped = escapeMessage(text);
        expect(escaped.replace(/\\./gu, '')).not.toMatch(/[[\]\\]/);
        const read = escaped.replace(/\\(.)/gu, '$1').replace(/\{\{(\d+)\}\}/g, '{$1}');
        expect(read).toBe(visible(text).replace(/\{\{(\d+)\}\}/g, '{$1}'));
      }),
    );
  });
});

describe('escapeMarkdown', () => {
  it('leaves no markup, HTML or mention', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const rest = escapeMarkdown(text)
          .replace(/\\[!-/:-@[-`{-~]/g, '')
          .replace(/&(?:amp|lt|#64|#58);/g, '');
        expect(rest).not.toMatch(/[\\`*_{}[\]<>@&|~]/);
      }),
    );
  });
});

describe('relativeUri', () => {
  it.each([
    ['stacks/data.ts', 'stacks/data.ts'],
    ['./stacks/../data.ts', 'data.ts'],
    ['a b/100%/ø#?.json', 'a%20b/100%25/%C3%B8%23%3F.json'],
    ['odd:name.ts', 'odd%3Aname.ts'],
    ['a\\b.ts', 'a/b.ts'],
    ['\ud800.ts', '%EF%BF%BD.ts'],
    ['/etc/passwd', null],
    ['file:///etc/passwd', null],
    ['C:\\Users\\x', null],
    ['../outside.ts', null],
    ['a/../../outside.ts', null],
    ['', null],
  ])('makes of %j %j', (path, uri) => {
    expect(relativeUri(path)).toBe(uri);
  });

  it('never leaves the directory of the run, whatever the path', () => {
    const base = 'https://run.invalid/root/';
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.array(fc.constantFrom('..', '.', 'a', '%2e%2e', '')).map((p) => p.join('/')),
        ),
        (path) => {
          const uri = relativeUri(path);
          if (uri === null) return;
          expect(uri).toMatch(/^[\w.!~*'()%/-]+$/);
          expect(new URL(uri, base).href.startsWith(base)).toBe(true);
        },
      ),
    );
  });
});

describe('stringifyJson', () => {
  it('loses nothing and hides nothing', () => {
    fc.assert(
      fc.property(fc.array(anyText), (texts) => {
        const written = stringifyJson(texts, 1);
        expect(JSON.parse(written)).toEqual(texts);
        expect(written.replaceAll('\n', '')).not.toMatch(HIDDEN);
      }),
    );
    expect(stringifyJson(['\u202e', '\u{e0041}', '\u009b'])).toBe('["\\u202e","\\udb40\\udc41","\\u009b"]');
  });
});

describe('cut', () => {
  it('says how much is missing', () => {
    expect(cut('abcdef', 6)).toBe('abcdef');
    expect(cut('abcdef', 4)).toBe('abcd… (+2 characters)');
    expect(cut('abc\u{1f600}', 4, '...')).toBe('abc... (+2 characters)');
  });

  it('has a hostile string for each kind', () => {
    expect(new Set(HOSTILE).size).toBe(HOSTILE.length);
  });
});
