import type { Stack } from '../../model/estate.ts';
import type { ProviderConfig } from '../../model/resource.ts';

/**
 * The providers of AWS in a stack, whatever their local names: those it configures, and those that its resources use
 * without a configuration.
 */
export function awsProviders({ providers, resources, dataSources }: Stack): readonly ProviderConfig[] {
  const names = new Set(['aws']);
  const implied = new Map<string, ProviderConfig>();
  // Resources share their provider, and there are many of them.
  const seen = new Set<ProviderConfig>();
  for (const objects of [resources, dataSources]) {
    for (const { type, init } of objects) {
      const { provider } = init;
      if (seen.has(provider) || !type.startsWith('aws_')) continue;
      seen.add(provider);
      names.add(provider.name);
      if (provider.body === null) implied.set(`${provider.name}.${provider.alias ?? ''}`, provider);
    }
  }
  return [...providers.filter(({ name }) => names.has(name)), ...implied.values()];
}
