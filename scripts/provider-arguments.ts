import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BINDINGS = fileURLToPath(new URL('../node_modules/@cdktf/provider-aws/lib/', import.meta.url));

/** Blocks that hold blocks of their own kind end somewhere. */
const DEEPEST = 10;

/** Every resource type of the installed bindings, with the dotted paths of the arguments that can be set. */
export function typesOfBindings(): ReadonlyMap<string, readonly string[]> {
  const types = new Map<string, readonly string[]>();
  for (const folder of readdirSync(BINDINGS, { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    const declarations = readFileSync(join(BINDINGS, folder.name, 'index.d.ts'), 'utf8');
    if (!declarations.includes('extends cdktf.TerraformResource {')) continue;
    const type = /static readonly tfResourceType = "aws_(\w+)"/.exec(declarations)?.[1];
    if (type === undefined) throw new Error(`${folder.name} declares a resource without its type`);
    types.set(type, argumentsIn(declarations));
  }
  return types;
}

function argumentsIn(declarations: string): readonly string[] {
  const interfaces = new Map(
    Array.from(declarations.matchAll(/^export interface (\w+)[^{]*\{([\s\S]*?)^\}/gm), ([, name = '', body = '']) => [
      name,
      body,
    ]),
  );
  const config = /constructor\(scope: Construct, id: string, config\??: (\w+)\)/.exec(declarations)?.[1] ?? '';
  const found: string[] = [];
  const open: { readonly name: string; readonly path: readonly string[] }[] = [{ name: config, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const properties = /docs\/resources\/\w+#(\w+) [^\n]*\n[\s\S]*?readonly \w+\??: (\w*)/g;
    for (const [, property = '', type = ''] of (interfaces.get(next.name) ?? '').matchAll(properties)) {
      const path = [...next.path, property];
      if (!interfaces.has(type)) found.push(path.join('.'));
      else if (property !== 'timeouts' && path.length < DEEPEST) open.push({ name: type, path });
    }
  }
  return found.toSorted();
}
