import { describe, expect, it } from 'vitest';
import { read, readJson } from './source-files.ts';

interface Manifest {
  readonly engines: { readonly node: string };
  readonly license: string;
  readonly files: readonly string[];
  readonly scripts: { readonly [name: string]: string };
  readonly dependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
  readonly peerDependencies: { readonly [name: string]: string };
  readonly peerDependenciesMeta: { readonly [name: string]: { readonly optional?: boolean } };
  readonly optionalDependencies?: unknown;
  readonly bundleDependencies?: unknown;
}

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly inBundle?: boolean;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly peer?: boolean;
  readonly hasInstallScript?: boolean;
}

const manifest = readJson('package.json') as Manifest;
const lockfile = readJson('package-lock.json') as {
  readonly lockfileVersion: number;
  readonly packages: { readonly [path: string]: Locked };
};
const decision = read('docs/decisions/0001-dependencies.md');

/** All that an installation of the checker brings: the rest is in the bundle (docs/decisions/0015-bundled-packages.md). */
const INSTALLED = ['chalk'];
const PERMISSIVE = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']);
const EXACT = /^\d+\.\d+\.\d+$/;

describe('package.json', () => {
  it('runs nothing on the machine of a person who installs the package', () => {
    const names = Object.keys(manifest.scripts);
    expect(names.filter((name) => /^(?:pre|post)?install$|^postprepare$|^preprepare$/.test(name))).toEqual([]);
  });

  it('has the scripts that CI and CONTRIBUTING name', () => {
    expect(Object.keys(manifest.scripts)).toEqual(
      expect.arrayContaining(['lint', 'format:check', 'typecheck', 'build', 'knip', 'test', 'start', 'docs']),
    );
  });

  it.each(['dependencies', 'devDependencies'] as const)('pins its %s exactly', (kind) => {
    expect(Object.entries(manifest[kind]).filter(([, version]) => !EXACT.test(version))).toEqual([]);
  });

  it('depends at run time on what was decided and nothing else', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(INSTALLED);
    expect(manifest).not.toHaveProperty('optionalDependencies');
    expect(manifest).not.toHaveProperty('bundleDependencies');
  });

  it.each([...INSTALLED, ...Object.keys(manifest.devDependencies)])('justifies %s in a decision record', (name) => {
    expect(decision.split('\n').filter((line) => line.startsWith(`| \`${name}\` `))).toHaveLength(1);
  });

  it('leaves cdktf to those who write stacks', () => {
    expect(Object.keys(manifest.peerDependencies)).toEqual(['cdktf', 'constructs']);
    expect(manifest.peerDependenciesMeta).toEqual({ cdktf: { optional: true }, constructs: { optional: true } });
  });

  it('ships the program and its papers', () => {
    expect(manifest.files).toEqual(
      expect.arrayContaining(['dist', 'LICENSE', 'README.md', 'CHANGELOG.md', 'SECURITY.md']),
    );
    expect(manifest.license).toBe('Apache-2.0');
    expect(read('LICENSE')).toContain('Apache License\n                           Version 2.0, January 2004');
  });

  it('runs on the Node that it says', () => {
    expect(manifest.engines.node).toBe('>=20.9');
  });
});

describe('package-lock.json', () => {
  const packages = Object.entries(lockfile.packages).filter(([path]) => path !== '');

  it('gives the digest of every package that is downloaded', () => {
    expect(lockfile.lockfileVersion).toBe(3);
    expect(packages.length).toBeGreaterThan(100);
    const undigested = packages.filter(
      ([, { integrity, inBundle }]) => inBundle !== true && integrity?.startsWith('sha512-') !== true,
    );
    expect(undigested).toEqual([]);
  });

  it('binds nobody to a host, a directory or a repository', () => {
    expect(packages.filter(([, { resolved, link }]) => resolved !== undefined || link === true)).toEqual([]);
  });

  it('installs one package for those who only check, under a permissive licence', () => {
    const runtime = packages.filter(([, { dev, devOptional, peer }]) => !dev && !devOptional && !peer);
    expect(runtime.map(([path]) => path.replace('node_modules/', '')).toSorted()).toEqual(INSTALLED.toSorted());
    expect(runtime.filter(([, { license }]) => !PERMISSIVE.has(license ?? ''))).toEqual([]);
  });

  it('has one package with an install script, which is denied', () => {
    const scripted = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
    expect(scripted).toEqual(['node_modules/esbuild']);
    expect(manifest).toHaveProperty('allowScripts', { esbuild: false });
  });
});

describe('.npmrc', () => {
  const settings = read('.npmrc')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

  it.each([
    'save-exact=true',
    'engine-strict=true',
    'allow-git=none',
    'allow-remote=none',
    'strict-allow-scripts=true',
  ])('has %s', (setting) => {
    expect(settings).toContain(setting);
  });

  it('names no registry and holds no credential', () => {
    expect(settings.filter((line) => /registry|token|auth|password|username|:\/\//i.test(line))).toEqual([]);
  });
});
