import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { generatedState, type StackJson } from './generated-state.ts';

const run = promisify(execFile);

/** Version of the provider in the mirror; the stacks ask for another one and use only what both know. */
const MIRRORED_PROVIDER = '5.100.0';
export const REQUIREMENTS = { required_providers: { aws: { source: 'hashicorp/aws', version: MIRRORED_PROVIDER } } };

/** What the real Terraform says of a root module. */
export interface TerraformResult {
  readonly validate: CommandResult;
  readonly plan: CommandResult;
  /** `terraform show -json` of the plan; null when there is none. */
  readonly planJson: PlanJson | null;
}

/** Resource types of a provider: the parts of their schema that tests read. */
export type ProviderSchema = Readonly<Record<string, { readonly block: SchemaBlock }>>;

export interface SchemaBlock {
  readonly attributes?: Readonly<Record<string, SchemaAttribute>>;
  readonly block_types?: Readonly<Record<string, { readonly block: SchemaBlock }>>;
}

export interface SchemaAttribute {
  /** `"string"`, `["list", ["object", {"kms_key_id": "string"}]]`. */
  readonly type?: unknown;
  /** Of an attribute that is written like a block. */
  readonly nested_type?: { readonly nesting_mode: string } & Pick<SchemaBlock, 'attributes'>;
}

/** The parts of `terraform show -json` that tests read. */
export interface PlanJson {
  readonly resource_changes?: readonly PlannedChange[];
}

export interface PlannedChange {
  readonly address: string;
  readonly module_address?: string;
  readonly mode: string;
  readonly change: object;
}

export interface CommandResult {
  readonly exitCode: number;
  /** `severity: summary (detail)` of each diagnostic, or what a command that broke down said. */
  readonly diagnostics: readonly string[];
}

/** A directory with the provider for a Terraform on the PATH; null, and why and what follows, where there is none. */
export async function findProviderMirror(
  consequence = 'THE STACKS ARE NOT PLANNED HERE, only compared with recorded plans',
): Promise<string | null> {
  const mirror = process.env['TREFOIL_TERRAFORM_MIRROR'] ?? '';
  const provider = path.join(mirror, 'registry.terraform.io/hashicorp/aws', MIRRORED_PROVIDER);
  const obstacles = [
    ...(await fails(
      readdir(provider),
      `TREFOIL_TERRAFORM_MIRROR names no mirror of hashicorp/aws ${MIRRORED_PROVIDER}`,
    )),
    ...(await fails(run('terraform', ['version'], { env: environment() }), 'there is no terraform on the PATH')),
  ];
  if (obstacles.length === 0) return mirror;
  process.stderr.write(`${consequence}: ${obstacles.join(', and ')}\n`);
  return null;
}

async function fails(attempt: Promise<unknown>, message: string): Promise<string[]> {
  return attempt.then(
    () => [],
    () => [message],
  );
}

/** Runs the app of `stacks/` and returns the directory with one directory per stack. */
export async function synthesise(root: string, outdir: string, context: object = {}): Promise<string> {
  const env = { ...process.env, CDKTF_OUTDIR: outdir, CDKTF_CONTEXT_JSON: JSON.stringify(context) };
  await run(process.execPath, ['--import', 'tsx', 'stacks/main.ts'], { cwd: root, env });
  return path.join(outdir, 'stacks');
}

/** Copies of every stack that Terraform can plan without reaching AWS. */
export class OfflineCopies {
  readonly names: readonly string[];
  private readonly directory: string;
  private readonly mirror: string;

  private constructor(names: readonly string[], directory: string, mirror: string) {
    this.names = names;
    this.directory = directory;
    this.mirror = mirror;
  }

  /** Copies the stacks of `stacksDir` to a directory, where each reads generated states of its producers. */
  static async create(stacksDir: string, directory: string, mirror: string): Promise<OfflineCopies> {
    const names = (await readdir(stacksDir)).toSorted();
    await mkdir(path.join(directory, 'states'), { recursive: true });
    for (const name of names) {
      const stack: StackJson = JSON.parse(await readFile(path.join(stacksDir, name, 'cdk.tf.json'), 'utf8'));
      await writeFile(path.join(directory, 'states', `${name}.tfstate`), generatedState(stack));
      await writeRoot(path.join(directory, name), offlineCopy(stack));
    }
    return new OfflineCopies(names, directory, mirror);
  }

  /** Validates and plans one copy on its own. */
  async planOne(name: string): Promise<TerraformResult> {
    return planRoot(path.join(this.directory, name), this.mirror);
  }

  /** Validates and plans a copy whose JSON text someone changed. */
  async planEdited(name: string, edit: (text: string) => string): Promise<TerraformResult> {
    const text = await readFile(path.join(this.directory, name, 'cdk.tf.json'), 'utf8');
    const edited = path.join(this.directory, `${name}-edited`);
    await writeRoot(edited, JSON.parse(edit(text)));
    return planRoot(edited, this.mirror);
  }

  /** All copies as modules of one root: Terraform reads the provider's schema once, a fifth of the work. */
  async planAll(): Promise<TerraformResult> {
    const root = path.join(this.directory, 'all-stacks');
    const module = Object.fromEntries(this.names.map((name) => [name, { source: `../${name}` }]));
    await writeRoot(root, { terraform: REQUIREMENTS, module });
    return planRoot(root, this.mirror);
  }
}

/** The stack as it is, but for the provider's version and credentials, the backend and the states it reads. */
export function offlineCopy(stack: StackJson): object {
  const remoteStates = Object.entries(stack.data?.['terraform_remote_state'] ?? {}).map(([name]) => {
    const producer = name.replace('cross-stack-reference-input-', '');
    return [name, { backend: 'local', config: { path: `../states/${producer}.tfstate` } }];
  });
  return {
    ...stack,
    terraform: REQUIREMENTS,
    provider: {
      aws: stack.provider.aws.map(({ assume_role: _, ...provider }) => ({
        ...provider,
        allowed_account_ids: [],
        access_key: 'offline',
        secret_key: 'offline',
        skip_credentials_validation: true,
        skip_metadata_api_check: 'true',
        skip_requesting_account_id: true,
      })),
    },
    ...(remoteStates.length === 0
      ? {}
      : { data: { ...stack.data, terraform_remote_state: Object.fromEntries(remoteStates) } }),
  };
}

export async function writeRoot(directory: string, root: object): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'cdk.tf.json'), JSON.stringify(root));
}

async function planRoot(directory: string, mirror: string): Promise<TerraformResult> {
  await initialise(directory, mirror);
  const validate = await validateInitialised(directory);
  if (validate.exitCode !== 0) return { validate, plan: { exitCode: 1, diagnostics: [] }, planJson: null };
  return { validate, ...(await planInitialised(directory)) };
}

/** Makes a root module ready to be planned, however often its content is replaced by what needs the same provider. */
export async function initialise(directory: string, mirror: string): Promise<void> {
  const initialised = await capture(['init', '-input=false', '-no-color', `-plugin-dir=${mirror}`], directory);
  if (initialised.exitCode !== 0) throw new Error(`terraform init failed in ${directory}: ${initialised.stderr}`);
}

export async function validateInitialised(directory: string): Promise<CommandResult> {
  const validated = await capture(['validate', '-json'], directory);
  return { exitCode: validated.exitCode, diagnostics: validationDiagnostics(validated) };
}

/** What `terraform providers schema -json` prints of the provider in the mirror. */
export async function providerSchema(directory: string): Promise<ProviderSchema> {
  const { exitCode, stdout, stderr } = await capture(['providers', 'schema', '-json'], directory);
  if (exitCode !== 0) throw new Error(`terraform providers schema failed in ${directory}: ${stderr}`);
  const printed: { provider_schemas: Readonly<Record<string, { resource_schemas: ProviderSchema }>> } =
    JSON.parse(stdout);
  const [own] = Object.values(printed.provider_schemas);
  if (own === undefined) throw new Error('terraform providers schema shows no provider');
  return own.resource_schemas;
}

export async function planInitialised(directory: string): Promise<Pick<TerraformResult, 'plan' | 'planJson'>> {
  const planned = await capture(['plan', '-json', '-input=false', '-lock=false', '-out=plan.bin'], directory);
  const plan = { exitCode: planned.exitCode, diagnostics: planDiagnostics(planned) };
  if (plan.exitCode !== 0) return { plan, planJson: null };
  const shown = await capture(['show', '-json', 'plan.bin'], directory);
  return { plan, planJson: JSON.parse(shown.stdout) };
}

interface Output {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function capture(args: readonly string[], cwd: string): Promise<Output> {
  return new Promise((resolve) => {
    const options = { cwd, env: environment(), maxBuffer: 64 * 2 ** 20 };
    execFile('terraform', args, options, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout, stderr });
    });
  });
}

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
}

function validationDiagnostics({ stdout, stderr }: Output): string[] {
  const { diagnostics }: { diagnostics: Diagnostic[] } = JSON.parse(stdout);
  return [...diagnostics.map(describe), ...(stderr === '' ? [] : [stderr])];
}

// A line of JSON per event; diagnostics are among them.
function planDiagnostics({ stdout, stderr }: Output): string[] {
  const events: { diagnostic?: Diagnostic }[] = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const diagnostics = events.flatMap(({ diagnostic }) => (diagnostic === undefined ? [] : [describe(diagnostic)]));
  return [...diagnostics, ...(stderr === '' ? [] : [stderr])];
}

function describe({ severity, summary, detail = '' }: Diagnostic): string {
  return `${severity}: ${summary}${detail === '' ? '' : ` (${detail})`}`;
}

// Nothing of the machine's own configuration or credentials.
function environment(): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    TF_CLI_CONFIG_FILE: '/dev/null',
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
