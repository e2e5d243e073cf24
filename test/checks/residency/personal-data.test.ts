import { expect, it } from 'vitest';
import { personalDataIn } from '../../../checks/residency/personal-data.ts';

it.each([
  ['ask kari.nordmann@example.com or ola@example.com', [['e-mail address', 2]]],
  ['call +47 22 33 44 55', [['telephone number', 1]]],
  ['call +1 (2) 3.4-5 6) 7.8', [['telephone number', 1]]],
  ['from 8.8.8.8', [['public IP address', 1]]],
  ['of 01010750160', [['national identity number', 1]]],
  ['of 1234567FA', [['national identity number', 1]]],
  ['of 1234567T', [['national identity number', 1]]],
  ['of AB123456C', [['national identity number', 1]]],
  ['pay DE89 3704 0044 0532 0130 00', [['account number', 1]]],
  ['pay NO9386011117947', [['account number', 1]]],
])('finds what "%s" shows', (text, expected) => {
  expect(personalDataIn(text).map(({ kind, count }) => [kind, count])).toEqual(expected);
});

it.each([
  'ledger-receipts',
  'security@example.com',
  'arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-4000-8000-000000000000',
  'ssh git@example',
  '@scope/package@1.2.3',
  '10.0.0.0/8 and 192.168.1.1 and 203.0.113.9',
  '8.8.8.0/24',
  'version 6.25.0',
  '999.8.8.8',
  '01010750161',
  '1234567A',
  'GB123456C',
  'DE88 3704 0044 0532 0130 00',
  '2026-11-23T05:00:00+01:00',
])('finds nothing in "%s"', (text) => {
  expect(personalDataIn(text)).toEqual([]);
});
