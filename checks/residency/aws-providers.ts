import type { Stack } from '../../model/estate.ts';
import type { ProviderConfig } from '../../model/resource.ts';

/**
 * The providers of AWS in a stack, whatever their local names: those it configures, and those that its resources use
 * without a configuration.
 */
export function awsProviders({ providers, resources, dataSources }: Stack): readonly ProviderConfig[] {
  const used = [...resources, ...dataSources].flatMap(({ type, init }) =>
    type.startsWith('aws_') ? [init.provider] : [],
  );
  const names = new Set(['aws', ...used.map(({ name }) => name)]);
  const implied = used.filter(({ body }) => body === null);
  const byLabel = new Map(implied.map((provider) => [`${provider.name}.${provider.alias ?? ''}`, provider]));
  return [...providers.filter(({ name }) => names.has(name)), ...byLabel.values()];
}
