import fc from 'fast-check';

/** What a pull request may put into a name, a key or a value to act on whoever reads the report. */
export const HOSTILE = [
  'two\nlines',
  'carriage\rreturn',
  '::set-output name=verdict::pass',
  '  ::stop-commands::token',
  '##[error]not really',
  '##vso[task.complete result=Succeeded;]',
  ']]>',
  '%0A::error::',
  '100%',
  '\u001b[2J\u001b[1;1H all clear',
  '\u001b]0;title\u0007',
  '\u001b]52;c;ZXZpbA==\u0007',
  '\u009b31m',
  'back\b\b\b\bspace',
  'admin\u202egnp.exe',
  '\u2066isolated\u2069',
  'zero\u200bwidth\u200djoin',
  '\ufeffmark',
  'soft\u00adhyphen',
  'line\u2028paragraph\u2029',
  'no\u00a0break',
  '\ud800 lone high',
  '\udc00 lone low',
  '\u{e0041} tag',
  '__proto__',
  'constructor',
  '[click](https://example.com)',
  '[click](1)',
  '{0}',
  '<script>alert(1)</script>',
  '@everyone',
  'back\\slash',
  '"quoted"',
  'x'.repeat(10_000),
] as const;

/** What acts on one reader only: spreadsheets, parsers of XML, and services that render Markdown. */
export const HOSTILE_TO_FORMATS = [
  ...HOSTILE,
  "=cmd|'/c calc'!A0",
  '=HYPERLINK("https://example.com";"x")',
  '+1+1',
  '-2+3',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  ' =1',
  '"=1',
  "'=1",
  'a;=1',
  '\uff1d1',
  'a,b\r\nresult,pass',
  '| a | b |',
  '`code` and ``more``',
  '\n```\nfence',
  '<details><summary>x</summary>',
  '<!-- comment -->',
  '<img src=x onerror=alert(1)>',
  '&#64;org/team',
  '@org/team please approve',
  'fixes #123, GH-12 and org/repo#1',
  'www.example.com http://example.com mail@example.com',
  '![pixel](https://example.com/p.png)',
  '[ref]: https://example.com',
  '\n# PASS\n- [x] done',
  '1. list',
  ':+1: :tada:',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  '**bold** __strong__ ~~gone~~ $x^2$',
  '\u0000nul',
  '\u000bvertical',
  '\ufffe\uffff no characters',
  '&amp; &#0; &bogus;',
  '<![CDATA[x]]>',
  '<!ENTITY x "y">',
  '</failure></testcase><testcase name="forged"/>',
  '%3A%2C%0A::error::',
  'a,file=b.ts,line=1::x',
] as const;

/** What acts in a page that forgets to escape it: it would set `window.hit`, load something, or hide what follows. */
export const HOSTILE_MARKUP = [
  '<script>window.hit=1</script>',
  '"><script>window.hit=1</script>',
  "'><img src=x onerror=window.hit=1>",
  '"><img src="https://example.com/x.png" onerror="window.hit=1">',
  '" onmouseover="window.hit=1" autofocus onfocus="window.hit=1',
  '</style><script>window.hit=1</script>',
  '</script><script>window.hit=1</script>',
  '</title><svg onload=window.hit=1>',
  '<!-- ',
  '--><script>window.hit=1</script>',
  '<![CDATA[<script>window.hit=1</script>]]>',
  'javascript:window.hit=1',
  '&lt;script&gt;',
  '&#x3c;script>',
  '<iframe srcdoc="<script>parent.hit=1</script>">',
  '<base href="https://example.com/">',
  '<meta http-equiv="refresh" content="0;url=https://example.com/">',
  '\u0000<script\u0000>window.hit=1</script>',
  '${window.hit=1}',
  '<p title="',
] as const;

/** Strings of any code units, strewn with the hostile ones. */
export const anyText = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), fc.string({ unit: codeUnit() })), {
    maxLength: 4,
  })
  .map((parts) => parts.join(''));

/** Lone surrogates too. */
function codeUnit() {
  return fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
}
