import { describe, expect, it } from 'vitest';
import { InputError } from '../../../model/input-error.ts';
import { mergeVariables, readVariableFile, type VariableFile } from '../../../model/synth/tfvars.ts';

describe('readVariableFile', () => {
  it('keeps values as they are written, and no comment of the file', () => {
    const { values } = readVariableFile(
      'a.tfvars.json',
      Buffer.from('{"//": 1, "//": 2, "port": 1e400, "tag": {"//": "x"}}'),
    );
    expect([...values.keys()]).toEqual(['port', 'tag']);
    expect(values.get('port')).toMatchObject({ kind: 'number', text: '1e400' });
    expect(values.get('tag')).toMatchObject({ kind: 'object', members: [{ key: '//' }] });
  });

  it.each([
    ['an array', '[{"a": 1}]', 'IN-SCHEMA', 'a.tfvars.json:1:1'],
    ['a declaration', '{"a": 1,\n"variable": {"a": {}}}', 'IN-SCHEMA', 'a.tfvars.json:2:1'],
    ['a repeated variable', '{"a": 1, "a": 2}', 'IN-DUPKEY', 'a.tfvars.json:1:10'],
    ['a repeated key in a value', '{"a": [{"b": 1, "b": 2}]}', 'IN-DUPKEY', 'a.tfvars.json:1:17'],
    ['no JSON', 'a = 1', 'IN-PARSE', 'a.tfvars.json:1:1'],
  ])('refuses %s', (_, text, code, at) => {
    const { problem } = refusalOf('a.tfvars.json', text);
    expect(problem.code).toBe(code);
    expect(`${problem.location?.file}:${problem.location?.line}:${problem.location?.column}`).toBe(at);
  });

  it('refuses HCL syntax by the name of the file, as Terraform goes by it', () => {
    expect(refusalOf('prod.tfvars', '{"a": 1}').message).toBe(
      'IN-SCHEMA prod.tfvars the variable file is in HCL syntax; only JSON syntax is read, and a variable file that is ' +
        'not read could set any variable. Fix: Write the values as JSON in a file whose name ends in .tfvars.json, and ' +
        'give that file to Terraform too.',
    );
  });
});

describe('mergeVariables', () => {
  it('keeps only what is stronger than the last file that is not read', () => {
    const unread: VariableFile = { kind: 'unread', path: 'b.auto.tfvars' };
    const { variables, unreadVariableFiles } = mergeVariables([file('{"a": 1, "b": 1}'), unread, file('{"b": 2}')]);
    expect([...variables].map(([name, node]) => [name, node.kind === 'number' && node.text])).toEqual([['b', '2']]);
    expect(unreadVariableFiles).toEqual(['b.auto.tfvars']);
  });
});

function file(text: string): VariableFile {
  return readVariableFile('a.tfvars.json', Buffer.from(text));
}

function refusalOf(path: string, text: string): InputError {
  try {
    readVariableFile(path, Buffer.from(text));
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('the file was accepted');
}
