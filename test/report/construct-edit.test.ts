import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResultRemedy } from '../../checks/report.ts';
import { editOf } from '../../report/construct-edit.ts';

const remedy = (to: string, more: Partial<ResultRemedy> = {}): ResultRemedy => ({
  construct: 'EfsFileSystem',
  module: '@cdktf/provider-aws/lib/efs-file-system/index.js',
  address: 'aws_efs_file_system.ledger',
  code: null,
  properties: [{ name: 'encrypted', to }],
  ...more,
});

/** The text after the edit; null without one. */
function edited(text: string, one: ResultRemedy = remedy('true')): string | null {
  const edit = editOf(text, text.indexOf('new EfsFileSystem'), one);
  return edit === null ? null : text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}

describe('a property of a construct', () => {
  it.each([
    [
      'is changed where it is written',
      "new EfsFileSystem(this, 'ledger', { encrypted: false, kmsKeyId: key.arn });",
      "new EfsFileSystem(this, 'ledger', { encrypted: true, kmsKeyId: key.arn });",
    ],
    [
      'is added after the last one',
      "new EfsFileSystem(this, 'ledger', { kmsKeyId: key.arn });",
      "new EfsFileSystem(this, 'ledger', { kmsKeyId: key.arn, encrypted: true });",
    ],
    [
      'is added to an object over several lines',
      "const files = new EfsFileSystem(this, 'ledger', {\n  tags: { class: 'a, }b' }, // whose } data\n  kmsKeyId: keys.arn('x'), // which\n});",
      "const files = new EfsFileSystem(this, 'ledger', {\n  tags: { class: 'a, }b' }, // whose } data\n  kmsKeyId: keys.arn('x'),\n  encrypted: true, // which\n});",
    ],
    [
      'is added before the comment that follows the last one',
      "new EfsFileSystem(this, 'ledger', {\n  kmsKeyId: key.arn // whose\n});",
      "new EfsFileSystem(this, 'ledger', {\n  kmsKeyId: key.arn,\n  encrypted: true // whose\n});",
    ],
    [
      'is added to nothing',
      "new EfsFileSystem(this, 'ledger', {});",
      "new EfsFileSystem(this, 'ledger', { encrypted: true });",
    ],
    [
      'is changed beside templates with parts',
      'new EfsFileSystem(this, `${id}-a\\`{`, { name: `b${f(`}${x}`)}$`, encrypted: false });',
      'new EfsFileSystem(this, `${id}-a\\`{`, { name: `b${f(`}${x}`)}$`, encrypted: true });',
    ],
    [
      'is changed in place of an expression',
      "new EfsFileSystem(this, 'ledger', {\n  encrypted: site.id === 'a' ? f({ x: 1 }) : no(),\n});",
      "new EfsFileSystem(this, 'ledger', {\n  encrypted: true,\n});",
    ],
  ])('%s', (_, before, after) => {
    expect(edited(before)).toBe(after);
  });

  it.each([
    ['where the properties stand elsewhere', "new EfsFileSystem(this, 'ledger', properties);"],
    ['where there are none', "new EfsFileSystem(this, 'ledger');"],
    ['where a spread may set it', "new EfsFileSystem(this, 'ledger', { ...properties });"],
    ['where a short form names it', "new EfsFileSystem(this, 'ledger', { encrypted });"],
    ['where it is written twice', "new EfsFileSystem(this, 'ledger', { encrypted: false, encrypted: false });"],
    ['where the line makes something else', "new EfsFileSystems(this, 'ledger', { encrypted: false });"],
    ['where something is divided', "new EfsFileSystem(this, 'ledger', { size: a / b });"],
    ['where the text ends', "new EfsFileSystem(this, 'ledger', { encrypted: false"],
  ])('is left alone %s', (_, text) => {
    expect(edited(text)).toBeNull();
  });

  it.each([
    ['names something of the program', remedy('key.arn')],
    ['is nested', remedy('true', { properties: [{ name: 'settings.encrypted', to: 'true' }] })],
    [
      'comes with another',
      remedy('true', { properties: [...remedy('true').properties, { name: 'kmsKeyId', to: 'k' }] }),
    ],
    ['is of a construct to add', remedy('true', { address: null })],
    ['breaks out of its quotes', remedy("'a', b: 'c'")],
  ])('is left alone that %s', (_, one) => {
    expect(edited("new EfsFileSystem(this, 'ledger', { encrypted: false });", one)).toBeNull();
  });

  it('is found or left alone in any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (rest) => {
        const text = `new EfsFileSystem(this, 'ledger', {${rest}`;
        const edit = editOf(text, 0, remedy('true'));
        expect(edit === null || (edit.start >= 34 && edit.start <= edit.end && edit.end <= text.length)).toBe(true);
      }),
    );
  });
});
