import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readDocument } from '../../policy/document.ts';
import { exceptionDraft } from '../../report/exception-draft.ts';

const FINGERPRINT = '0123456789abcdef01234567';

function draftOf(address: string, message: string): string {
  const finding = { control: 'ENC-001', message, witness: null, also: [message], fingerprint: FINGERPRINT };
  return exceptionDraft({ finding, stack: 'west', address, created: '2026-11-01', expires: '2026-11-30' });
}

test('any address and message is data: no text of the input writes a key of the draft', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 60 }), string({ unit: 'binary', maxLength: 60 }), (key, message) => {
      const address = `aws_s3_bucket.b["${key}"]`;
      const draft = draftOf(address, message);
      expect(readDocument('ex.yaml', draft)).toMatchObject({ kind: 'document', problems: [] });
      expect(parse(draft)).toEqual({
        version: 1,
        exceptions: [
          {
            id: 'enc-001-0123456789ab',
            control: 'ENC-001',
            stack: 'west',
            address,
            fingerprint: FINGERPRINT,
            reason: '',
            owner: '',
            approver: '',
            ticket: '',
            compensatingControls: [],
            created: '2026-11-01',
            expires: '2026-11-30',
          },
        ],
      });
    }),
  );
});

test.each(['\nreason: x', '\u2028owner: x', '\u0085ticket: x', '\u001b[2J', '\u202e'])(
  'writes what hides or breaks a line as an escape: %j',
  (text) => {
    const [, , comment = '', other = ''] = draftOf('aws_s3_bucket.b', text).split('\n');
    expect(other).toBe(comment);
    expect(comment).toMatch(/^ {2}# ENC-001: \\u\{/);
  },
);
