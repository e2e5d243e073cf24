import { KEY_ARGUMENTS } from './key-arguments.generated.ts';

const ARGUMENTS: ReadonlyMap<string, readonly string[]> = new Map(
  KEY_ARGUMENTS.trim()
    .split('\n')
    .map((line) => {
      const [type = '', ...paths] = line.split(' ');
      return [`aws_${type}`, paths];
    }),
);

/**
 * The arguments of a type that name an encryption key, as dotted paths without indexes (`encryption_config.provider.key_arn`).
 * Derived from the arguments' names, so a type without any may still encrypt, with a key that nobody can choose.
 */
export function keyArguments(type: string): readonly string[] {
  return ARGUMENTS.get(type) ?? [];
}

/** Every type that lets its key be chosen: a lower bound of the types that keep content. */
export function typesWithKeyArguments(): readonly string[] {
  return [...ARGUMENTS.keys()];
}
