import { readFileSync } from 'node:fs';

const FOLDER = 'node_modules/@cdktf/provider-aws/lib';

/** Whether a type of the provider has an argument: follows a dotted path through the interfaces of the bindings. */
export function argumentExists(type: string, path: string): boolean {
  return requiredSteps(type, path) !== null;
}

/** Whether an argument must be written, wherever the block is that it stands in. */
export function argumentIsRequired(type: string, path: string): boolean {
  return requiredSteps(type, path)?.at(-1) === true;
}

/** Of each step of a path, whether it must be written; null where the type has no such argument. */
function requiredSteps(type: string, path: string): readonly boolean[] | null {
  const folder = type.replace('aws_', '').replaceAll('_', '-');
  const source = readFileSync(`${FOLDER}/${folder}/index.d.ts`, 'utf8');
  const interfaces = new Map(
    Array.from(source.matchAll(/^export interface (\w+)[^{]*\{([\s\S]*?)^\}/gm), ([, name = '', body = '']) => [
      name,
      body,
    ]),
  );
  const config = /constructor\(scope: Construct, id: string, config\??: (\w+)\)/.exec(source)?.[1] ?? '';
  let body = interfaces.get(config);
  const steps = path.split('.');
  const required: boolean[] = [];
  for (const [index, step] of steps.entries()) {
    const property = new RegExp(`#${step} [^\\n]*\\n[\\s\\S]*?readonly \\w+(\\??): (\\w*)`).exec(body ?? '');
    if (property === null) return null;
    required.push(property[1] === '');
    if (index < steps.length - 1) body = interfaces.get(property[2] ?? '');
  }
  return required;
}
