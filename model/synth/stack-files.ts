import { InputError, type InputProblem } from '../input-error.ts';
import type { JsonDocument } from '../json/json.ts';
import { DEFAULT_JSON_LIMITS, type JsonLimits, readJson } from '../json/read.ts';
import type { StackInput } from './stack-declarations.ts';
import { mergeVariables, readVariableFile, type VariableFile } from './tfvars.ts';

export interface StackFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** The directory of one Terraform root module, as it is on disk. */
export interface StackFiles {
  readonly name: string;
  readonly directory: string;
  /** Every file whose role is `configuration` or `json-variables`. */
  readonly files: readonly StackFile[];
  /** Names of all other entries that are not directories. */
  readonly otherNames: readonly string[];
}

/** What Terraform does with a file of a root module, as far as its name decides. */
export type StackFileRole =
  | 'configuration'
  | 'override'
  /** Configuration in a syntax that is not read: HCL, or OpenTofu's own extensions. */
  | 'sibling'
  | 'json-variables'
  /** Values of variables in a syntax that is not read: HCL, or under OpenTofu's own names. */
  | 'unread-variables'
  | 'other';

export interface StackOptions {
  /** The files of `--var-file`, which are stronger than those that Terraform finds by itself; the strongest last. */
  readonly variableFiles: readonly VariableFile[];
  readonly limits: JsonLimits;
}

export type StackLoad =
  | { readonly kind: 'loaded'; readonly input: StackInput }
  | { readonly kind: 'refused'; readonly problems: readonly InputProblem[] };

const DEFAULT_OPTIONS: StackOptions = { variableFiles: [], limits: DEFAULT_JSON_LIMITS };

/** Variable files with a fixed name, in the order in which Terraform reads them; the automatic ones follow by name. */
const VARIABLE_FILES = ['terraform.tfvars', 'terraform.tfvars.json'];

/** Terraform ignores these; with OpenTofu they may be stronger than any file of Terraform's. */
const OPENTOFU_VARIABLES = /^terraform\.tofuvars(?:\.json)?$|\.auto\.tofuvars(?:\.json)?$/;

/**
 * Sorts a file as Terraform's `internal/configs/parser_file_matcher.go` and `internal/command/meta_vars.go` do.
 * Hidden and backup names are skipped for configuration only: Terraform does load `.hidden.auto.tfvars`.
 */
export function roleOf(name: string): StackFileRole {
  if (name === 'terraform.tfvars' || name.endsWith('.auto.tfvars')) return 'unread-variables';
  if (name === 'terraform.tfvars.json' || name.endsWith('.auto.tfvars.json')) return 'json-variables';
  if (OPENTOFU_VARIABLES.test(name)) return 'unread-variables';
  if (name.startsWith('.') || name.endsWith('~') || (name.startsWith('#') && name.endsWith('#'))) return 'other';
  if (name.endsWith('.tf') || name.endsWith('.tofu') || name.endsWith('.tofu.json')) return 'sibling';
  if (!name.endsWith('.tf.json')) return 'other';
  const base = name.slice(0, -'.tf.json'.length);
  return base === 'override' || base.endsWith('_override') ? 'override' : 'configuration';
}

/** Whether a file of this name makes its directory a root module. */
export function isConfiguration(name: string): boolean {
  const role = roleOf(name);
  return role === 'configuration' || role === 'override' || role === 'sibling';
}

/**
 * Parses all that Terraform would load from the directory, or refuses the stack as a whole and tells every reason:
 * to judge part of a root module is to judge something that Terraform does not apply.
 */
export function loadStack(stack: StackFiles, { variableFiles, limits }: StackOptions = DEFAULT_OPTIONS): StackLoad {
  const files = stack.files.toSorted((a, b) => compareBytes(nameOf(a.path), nameOf(b.path)));
  const names = [...stack.otherNames, ...files.map(({ path }) => nameOf(path))];
  const problems = names.toSorted(compareBytes).flatMap((name) => problemOf(name, pathIn(stack.directory, name)));

  const configuration = files.filter(({ path }) => roleOf(nameOf(path)) === 'configuration');
  if (configuration.length === 0 && problems.length === 0) problems.push(noConfiguration(stack.directory));
  const documents = configuration.flatMap(({ path, bytes }) =>
    attempt(problems, (): readonly JsonDocument[] => [readJson(path, bytes, limits)]),
  );
  const ownVariables = namesOfVariableFiles(names).flatMap((name): readonly VariableFile[] => {
    const file = files.find(({ path }) => nameOf(path) === name);
    if (file === undefined) return [{ kind: 'unread', path: pathIn(stack.directory, name) }];
    return attempt(problems, () => [readVariableFile(file.path, file.bytes, limits)]);
  });
  if (problems.length > 0) return { kind: 'refused', problems };

  const { variables, unreadVariableFiles } = mergeVariables([...ownVariables, ...variableFiles]);
  const inputs = files.map(({ path, sha256 }) => ({ path, sha256 }));
  const { name, directory: path } = stack;
  return { kind: 'loaded', input: { name, path, documents, variables, unreadVariableFiles, inputs } };
}

function attempt<Result>(problems: InputProblem[], read: () => readonly Result[]): readonly Result[] {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(error.problem);
    return [];
  }
}

function problemOf(name: string, path: string): InputProblem[] {
  switch (roleOf(name)) {
    case 'sibling':
      return [
        {
          code: 'IN-SIBLING',
          path,
          what: 'the file is configuration that is not JSON synthesised for Terraform',
          why: 'Terraform or OpenTofu loads it into the same stack, and it is not read here',
          fix: 'Remove it, or convert it to a .tf.json file; cdktf.json must not ask for HCL output.',
        },
      ];
    case 'override':
      return [
        {
          code: 'IN-OVERRIDE',
          path,
          what: 'the file overrides the other files of the stack',
          why: 'Terraform replaces what they say by what it says',
          fix: 'Make the change where the stack is defined, and remove the file.',
        },
      ];
    case 'configuration':
    case 'json-variables':
    case 'unread-variables':
    case 'other':
      return [];
  }
}

function noConfiguration(path: string): InputProblem {
  return {
    code: 'IN-NOSTACK',
    path,
    what: 'the directory holds no *.tf.json file',
    why: 'there is nothing to judge, which must not look like nothing was found',
    fix: 'Synthesise the stack, or pass the directory that holds it.',
  };
}

/** The variable files among the names, the strongest last. */
function namesOfVariableFiles(names: readonly string[]): readonly string[] {
  const found = names.filter((name) => ['json-variables', 'unread-variables'].includes(roleOf(name)));
  return found.toSorted((a, b) => rank(a) - rank(b) || compareBytes(a, b));
}

function rank(name: string): number {
  if (OPENTOFU_VARIABLES.test(name)) return VARIABLE_FILES.length + 1;
  const fixed = VARIABLE_FILES.indexOf(name);
  return fixed === -1 ? VARIABLE_FILES.length : fixed;
}

function pathIn(directory: string, name: string): string {
  return directory === '.' ? name : `${directory}/${name}`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Go sorts names by their UTF-8 bytes, which differs from the order of UTF-16 code units beyond U+FFFF. */
function compareBytes(a: string, b: string): number {
  const encoder = new TextEncoder();
  const left = encoder.encode(a);
  const right = encoder.encode(b);
  const at = left.findIndex((byte, index) => byte !== right[index]);
  return at === -1 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
}
