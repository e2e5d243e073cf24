import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { constant, escapeHtml, html, joined, part } from '../../../report/html/markup.ts';
import { anyText } from '../../support/hostile-strings.ts';

describe('html', () => {
  it('escapes texts, keeps HTML that was made here, and joins lists', () => {
    expect(
      html`<p title="${`"a" & 'b'`}">${'<b>'} ${html`<b>${1}</b>`} ${[html`<i></i>`, html`<u></u>`]}${null}</p>`.text,
    ).toBe('<p title="&quot;a&quot; &amp; &#39;b&#39;">&lt;b&gt; <b>1</b> <i></i><u></u></p>');
  });

  it('shows characters that cannot be seen by their numbers', () => {
    expect(escapeHtml('admin\u202egnp.exe\u0000\u001b[2J')).toBe('admin\\u{202e}gnp.exe\\u{0}\\u{1b}[2J');
  });

  it('cuts what nobody reads, and says by how much', () => {
    expect(escapeHtml('<'.repeat(1_000_000))).toBe(`${'&lt;'.repeat(2_000)}… (+998000 characters)`);
  });

  it('takes the indentation of the code out of constants, and leaves texts as they are', () => {
    expect(
      html`<ul>
        <li>${'a\n   b'}</li>
      </ul>`.text,
    ).toBe('<ul>\n<li>a\\u{a}   b</li>\n</ul>');
  });

  it('escapes what is between parts', () => {
    expect(joined([html`<i></i>`, html`<u></u>`], ' & ').text).toBe('<i></i> &amp; <u></u>');
  });

  it('makes markup of no text there is', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = escapeHtml(text);
        expect(shown).not.toMatch(/[<>"'\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(shown.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
      }),
    );
  });

  it('keeps constants as they are', () => {
    expect(part`<style>${constant('a>b{}')}</style>`.text).toBe('<style>a>b{}</style>');
  });
});

describe('the code of the page', () => {
  const directory = fileURLToPath(new URL('../../../report/html/', import.meta.url));
  const files = readdirSync(directory).map((name) => ({ name, text: readFileSync(`${directory}${name}`, 'utf8') }));

  it('puts no text into an attribute without quotes, a style attribute or an event handler', () => {
    for (const { name, text } of files) {
      expect([name, ...(text.match(/[\w-]=\$\{/g) ?? [])]).toEqual([name]);
      expect([name, ...(text.match(/\s(?:style|on[a-z]+)="/g) ?? [])]).toEqual([name]);
    }
  });

  it('takes for constants only its style, its script and the letters of Base64', () => {
    const uses = files.flatMap(({ name, text }) =>
      Array.from(text.matchAll(/(?<!function )\bconstant\(([^)]*)/g), ([, what]) => `${name}: ${what ?? ''}`),
    );
    expect(uses).toEqual(['page.ts: STYLE', 'page.ts: SCRIPT', 'pictures.ts: base64(new TextEncoder(']);
  });

  it('links to nothing but its own parts, and to https', () => {
    const links = files.flatMap(({ text }) =>
      Array.from(text.matchAll(/href="([^"]*)"/g), ([, target = '']) => target),
    );
    expect(links.filter((target) => !/^#|^\$\{fragmentOf\(|^data:,$|^\$\{(?:reference|url)\}$/.test(target))).toEqual(
      [],
    );
  });
});
