import { gzipSync } from 'node:zlib';
import type { InputErrorCode } from '../../model/input-error.ts';

/** A file that no reader may accept. */
export interface BadJson {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly code: InputErrorCode;
  /** `line:column` of the problem; null where the whole file is meant. */
  readonly at: string | null;
}

const UI_LOG_LINE = '{"@level":"info","@message":"Terraform 1.11.4","@module":"terraform.ui","type":"version"}';
const PLAN = '{"format_version":"1.2","resource_changes":[]}';

export const BAD_JSON: readonly BadJson[] = [
  bad('no bytes', '', 'IN-EMPTY', null),
  bad('only white space', ' \t\r\n\n', 'IN-EMPTY', null),

  bad('a trailing comma in an object', '{\n  "resource": {},\n}', 'IN-PARSE', '3:1'),
  bad('a trailing comma in an array', '[1,]', 'IN-PARSE', '1:4'),
  bad('a leading comma', '[,1]', 'IN-PARSE', '1:2'),
  bad('a missing comma', '{"a":1 "b":2}', 'IN-PARSE', '1:8'),
  bad('a missing colon', '{"a" 1}', 'IN-PARSE', '1:6'),
  bad('an equals sign for a colon', '{"a"=1}', 'IN-PARSE', '1:5'),
  bad('a missing value', '{"a":}', 'IN-PARSE', '1:6'),
  bad('a key without quotes', '{a:1}', 'IN-PARSE', '1:2'),
  bad('a key that is no string', '{1:2}', 'IN-PARSE', '1:2'),
  bad('single quotes', "{'a':1}", 'IN-PARSE', '1:2'),
  bad('a bracket that closes an object', '{"a":1]', 'IN-PARSE', '1:7'),
  bad('a brace that closes an array', '[1}', 'IN-PARSE', '1:3'),
  bad('a closing bracket alone', ']', 'IN-PARSE', '1:1'),
  bad('a line comment', '{\n// note\n"a":1}', 'IN-PARSE', '2:1'),
  bad('a block comment', '/* note */{}', 'IN-PARSE', '1:1'),
  bad('NaN', '{"a":NaN}', 'IN-PARSE', '1:6'),
  bad('Infinity', '{"a":-Infinity}', 'IN-PARSE', '1:7'),
  bad('True with a capital', '[True]', 'IN-PARSE', '1:2'),
  bad('a word that goes on', '[nullable]', 'IN-PARSE', '1:6'),
  bad('undefined', 'undefined', 'IN-PARSE', '1:1'),

  bad('a leading zero', '[01]', 'IN-PARSE', '1:3'),
  bad('a plus sign', '[+1]', 'IN-PARSE', '1:2'),
  bad('a minus alone', '[-]', 'IN-PARSE', '1:3'),
  bad('a point without digits', '[1.]', 'IN-PARSE', '1:4'),
  bad('a point without an integer', '[.5]', 'IN-PARSE', '1:2'),
  bad('an exponent without digits', '[1e]', 'IN-PARSE', '1:4'),
  bad('an exponent with only a sign', '[1E+]', 'IN-PARSE', '1:5'),
  bad('a hexadecimal number', '[0x10]', 'IN-PARSE', '1:3'),

  bad('a string without end', '{"a":"b', 'IN-PARSE', '1:8'),
  bad('a string that ends in a backslash', '["a\\', 'IN-PARSE', '1:4'),
  bad('a raw line feed in a string', '["a\nb"]', 'IN-PARSE', '1:4'),
  bad('a raw tab in a string', '["a\tb"]', 'IN-PARSE', '1:4'),
  bad('a raw NUL in a string', '["a\0b"]', 'IN-PARSE', '1:4'),
  bad('a raw control character behind an escape', '["\\n\u001b"]', 'IN-PARSE', '1:5'),
  bad('an unknown escape', '["\\x41"]', 'IN-PARSE', '1:3'),
  bad('a short unicode escape', '["\\u12"]', 'IN-PARSE', '1:3'),
  bad('a unicode escape that is not hexadecimal', '["\\u00zz"]', 'IN-PARSE', '1:3'),

  bad('a NUL between tokens', '{"a":\0 1}', 'IN-PARSE', '1:6'),
  bad('a no-break space between tokens', '{"a":\u00a01}', 'IN-PARSE', '1:6'),
  bad('a form feed between tokens', '[1,\f2]', 'IN-PARSE', '1:4'),
  bad('a byte order mark inside', '[\ufeff1]', 'IN-PARSE', '1:2'),
  bad('text after the value', '{} x', 'IN-PARSE', '1:4'),
  bad('two documents', `${PLAN}\n${PLAN}`, 'IN-PARSE', '2:1'),
  bad('HCL', 'resource "aws_s3_bucket" "logs" {}', 'IN-PARSE', '1:1'),

  bad('the log of terraform plan -json', `${UI_LOG_LINE}\n${UI_LOG_LINE}\n`, 'IN-UILOG', '2:1'),
  bad('one line of that log', UI_LOG_LINE, 'IN-UILOG', '1:1'),
  bad('the first line of the wrapper', `[command]/opt/terraform show -json plan\n${PLAN}`, 'IN-WRAPPER', '1:2'),
  bad('the last line of the wrapper', `${PLAN}\n::debug::Terraform exited with code 0.\n`, 'IN-WRAPPER', '2:1'),

  bad('100,000 open arrays', '['.repeat(100_000), 'IN-DEPTH', '1:513'),
  bad('100,000 nested objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000), 'IN-DEPTH', '1:2561'),

  bad('a UTF-8 byte order mark', '\ufeff{}', 'IN-BOM', '1:1'),
  bad('UTF-16LE with a mark', Buffer.from('\ufeff{}', 'utf16le'), 'IN-UTF16', null),
  bad('UTF-16BE with a mark', Buffer.from('\ufeff{}', 'utf16le').swap16(), 'IN-UTF16', null),
  bad('UTF-16LE without a mark', Buffer.from('{}', 'utf16le'), 'IN-UTF16', null),
  bad('UTF-16BE without a mark', Buffer.from('{}', 'utf16le').swap16(), 'IN-UTF16', null),
  bad('a stray continuation byte', Buffer.from([0x5b, 0x22, 0x80, 0x22, 0x5d]), 'IN-UTF8', '1:3'),
  bad('an overlong form', Buffer.from('["\xc0\xaf"]', 'latin1'), 'IN-UTF8', '1:3'),
  bad('an overlong form of three bytes', Buffer.from('["\xe0\x80\xaf"]', 'latin1'), 'IN-UTF8', '1:3'),
  bad('a surrogate as UTF-8', Buffer.from('["\xed\xa0\x80"]', 'latin1'), 'IN-UTF8', '1:3'),
  bad('a code point beyond U+10FFFF', Buffer.from('["\xf4\x90\x80\x80"]', 'latin1'), 'IN-UTF8', '1:3'),
  bad('Latin-1 on the second line', Buffer.from('[\n"\xe5\xe6"]', 'latin1'), 'IN-UTF8', '2:2'),
  bad('a character cut at the end', Buffer.from('"\xe2\x82', 'latin1'), 'IN-UTF8', '1:2'),

  bad('a binary plan', zip('tfplan'), 'IN-BINPLAN', null),
  bad('the magic of a zip file alone', Buffer.from('PK\x03\x04'), 'IN-BINPLAN', null),
  bad('a zip archive', zip('cdktf.out/manifest.json'), 'IN-ARCHIVE', null),
  bad('a gzip file', gzipSync(PLAN), 'IN-ARCHIVE', null),
  bad('a tar file', tar(), 'IN-ARCHIVE', null),
];

function bad(name: string, content: string | Uint8Array, code: InputErrorCode, at: string | null): BadJson {
  return { name, bytes: typeof content === 'string' ? Buffer.from(content) : content, code, at };
}

/** The local header of the first entry of a zip file, and some of its content. */
function zip(entry: string): Uint8Array {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 0, 'latin1');
  header.writeUInt16LE(entry.length, 26);
  return Buffer.concat([header, Buffer.from(entry), Buffer.from([0, 1, 2, 3])]);
}

function tar(): Uint8Array {
  const block = Buffer.alloc(1024);
  block.write('cdk.tf.json', 0);
  block.write('ustar', 257);
  return block;
}
