import { posix } from 'node:path';
import { COMPUTED, type Import, importsOf } from './imports.ts';

/** What one layer may import, and the sentence that a violation is answered with. */
interface Layer {
  readonly layers: readonly string[];
  readonly packages: readonly string[];
  /** Packages of which only types may be imported, since nobody who installs the checker has them. */
  readonly types?: readonly string[];
  readonly node: boolean;
  readonly why: string;
}

export const LAYERS: { readonly [layer: string]: Layer } = {
  model: {
    layers: [],
    packages: [],
    node: false,
    why: 'The model is what was read and nothing else, so that a proof over it cannot depend on who runs it, where or when.',
  },
  proofs: {
    layers: ['model'],
    packages: [],
    node: false,
    why: 'A proof reasons over the estate alone: what the enclave wants is the business of checks, not of reachability.',
  },
  policy: {
    layers: ['model'],
    packages: ['ajv', 'yaml'],
    node: false,
    why: 'The policy is kept apart from the estate that it judges; it is text in and data out, wherever the text came from.',
  },
  checks: {
    layers: ['model', 'proofs', 'policy'],
    packages: [],
    node: false,
    why: 'A check decides from the estate, the policy and a date; one that could look elsewhere could change its mind.',
  },
  report: {
    layers: ['model', 'proofs', 'policy', 'checks'],
    packages: ['chalk', '@dagrejs/dagre'],
    types: ['sarif'],
    node: false,
    why: 'A reporter turns a report into a string, the same bytes on every machine; writing it is the business of cli.',
  },
  cli: {
    layers: ['model', 'proofs', 'policy', 'checks', 'report'],
    packages: ['chalk', 'commander', 'nanotar'],
    node: true,
    why: 'The command line reads the world and calls the layers; it holds no rule, and never loads the program it judges.',
  },
  stacks: {
    layers: [],
    packages: ['cdktf', 'constructs', '@cdktf/provider-aws'],
    node: false,
    why: 'Stacks know nothing of the checker: an estate that read the policy would be judged by its own source.',
  },
};

const PURE = Object.keys(LAYERS).filter((layer) => layer !== 'stacks' && LAYERS[layer]?.node === false);

/** The top-level files and folders that are no layer, and what they may reach. */
const API = {
  file: 'index.ts',
  layers: PURE,
  why: 'The public API is the pure layers; a library never touches the process.',
};

/** Modules with which a program runs others or calls out. Checking reads data and does neither. */
const GUARDED: { readonly [module: string]: { readonly allowed: readonly string[]; readonly why: string } } = {
  child_process: {
    allowed: ['cli/synth.ts', 'cli/terraform-run.ts', 'cli/show-plan.ts', 'cli/policy-history.ts'],
    why: "Only what runs the user's program, Terraform or git, and says so in the help, starts a process.",
  },
  ...Object.fromEntries(
    ['cluster', 'dgram', 'dns', 'http', 'http2', 'https', 'net', 'tls', 'vm', 'worker_threads'].map((module) => [
      module,
      { allowed: [], why: 'trefoil opens no socket and runs no code of its input.' },
    ]),
  ),
};

/** Ambient state that a pure layer must be given instead of taking. `localeCompare` sorts by the machine's locale. */
const AMBIENT: readonly { readonly pattern: RegExp; readonly name: string }[] = [
  { pattern: /(?<!\.)\bprocess\s*\.\s*[a-z]/, name: 'process' },
  { pattern: /(?<!\.)\bconsole\.(?:log|info|warn|error|debug)\b/, name: 'console' },
  { pattern: /\bnew Date\(\s*\)|\bDate\.now\b|\bperformance\.now\b/, name: 'the clock' },
  { pattern: /\bMath\.random\b|\bcrypto\.(?:random|subtle|get)/, name: 'chance' },
  { pattern: /\bfetch\(|\bWebSocket\b/, name: 'the network' },
  { pattern: /\b(?:setTimeout|setInterval|setImmediate|queueMicrotask)\(/, name: 'timers' },
  { pattern: /\.(?:localeCompare|toLocale[A-Z]\w*)\(|\bIntl\./, name: 'the locale' },
  { pattern: /\bglobalThis\b/, name: 'globalThis' },
];

/** Each way in which a source file breaks the architecture, as `file:line what. why`; the path has forward slashes. */
export function violations(file: string, source: string): readonly string[] {
  const root = file.split('/')[0] ?? '';
  const layer = LAYERS[root];
  if (layer !== undefined)
    return [...importViolations(file, source, root, layer), ...ambientViolations(file, source, layer)];
  if (file === API.file) {
    return importViolations(file, source, root, { layers: API.layers, packages: [], node: false, why: API.why });
  }
  return [];
}

function importViolations(file: string, source: string, root: string, layer: Layer): readonly string[] {
  return importsOf(source).flatMap((imported) => {
    const { line, specifier } = imported;
    const offence = offenceOf(imported, file, root, layer);
    if (offence !== null) return [`${file}:${line} ${offence}. ${layer.why}`];
    const guard = GUARDED[specifier.replace('node:', '').split('/')[0] ?? ''];
    if (guard === undefined || guard.allowed.includes(file)) return [];
    return [`${file}:${line} imports ${specifier}. ${guard.why}`];
  });
}

function offenceOf({ specifier, isType }: Import, file: string, root: string, layer: Layer): string | null {
  if (specifier === COMPUTED) return 'loads a module whose name is computed';
  if (specifier.startsWith('node:') || NODE_MODULES.has(specifier)) return layer.node ? null : `imports ${specifier}`;
  if (/^(?:\/|[a-z]+:)/.test(specifier)) return `loads ${specifier} by URL or absolute path`;
  if (!specifier.startsWith('.')) {
    const name = packageOf(specifier);
    if (isType && layer.types?.includes(name) === true) return null;
    if (specifier === '@cdktf/provider-aws')
      return 'loads all bindings at once (seconds and 500 MB) instead of one of its lib/';
    return layer.packages.includes(name) ? null : `imports the package ${name}`;
  }
  const target = posix.join(posix.dirname(file), specifier);
  if (target === 'package.json') return null;
  const to = target.split('/')[0] ?? '';
  if (to === root) return null;
  if (layer.layers.includes(to)) return null;
  return `imports ${target}`;
}

function ambientViolations(file: string, source: string, layer: Layer): readonly string[] {
  if (layer.node) return [];
  return source.split('\n').flatMap((text, index) => {
    const code = text.replace(/^\s*(?:\/?\*|\/\/).*/, '').replaceAll(/'[^']*'|"[^"]*"/g, "''");
    return AMBIENT.filter(({ pattern }) => pattern.test(code)).map(
      ({ name }) => `${file}:${index + 1} uses ${name}. ${layer.why}`,
    );
  });
}

/** `@scope/name/lib/x.js` -> `@scope/name`. */
function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Built-in modules that can be named without `node:`. */
const NODE_MODULES: ReadonlySet<string> = new Set(
  'assert async_hooks buffer child_process cluster crypto dgram dns events fs fs/promises http http2 https module net os path perf_hooks process readline stream string_decoder timers tls tty url util v8 vm worker_threads zlib'.split(
    ' ',
  ),
);
