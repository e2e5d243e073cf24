import type { EndpointService } from '../../model/aws/endpoint-service.ts';
import type { Resource } from '../../model/resource.ts';
import { asString, isHidden } from '../../model/value.ts';
import type { Outcome } from '../check.ts';
import type { Inspect } from './endpoint-messages.ts';
import { areLinked, ownEnd, regionsOf } from './link-ends.ts';

export function judgeService(endpoint: Resource, service: EndpointService, inspection: Inspect): Outcome {
  const { estate, policy, pass, fail, unproven } = inspection;
  const value = endpoint.attribute('service_name');
  const at = { path: ['service_name'], value };
  switch (service.kind) {
    case 'aws': {
      const region = asString(estate.place(endpoint).region);
      if (isHidden(region)) return unproven(region);
      if (isHidden(service.region)) return unproven(service.region);
      if (service.region === region) return pass();
      return fail(at, 'region', { service: service.name, region: region ?? 'of no name' });
    }
    case 'own': {
      const [here, there] = [ownEnd(endpoint, inspection), ownEnd(service.resource, inspection)];
      if (here.kind === 'hidden') return unproven(here.value);
      if (there.kind === 'hidden') return unproven(there.value);
      const names = [here, there].map((end) => (end.kind === 'site' ? end.site.id : end.where));
      const isDeclared = here.kind === 'site' && there.kind === 'site' && areLinked(here.site, there.site, policy);
      const [first = '', second = ''] = names;
      return isDeclared ? pass() : fail({ ...at, related: [service.resource] }, 'unlinked', { first, second });
    }
    case 'foreign':
      return policy.network.endpointServices.some((registered) => registered.service === service.name)
        ? pass()
        : fail(at, 'foreign', { service: service.name });
    case 'hidden':
      return unproven(service.value);
    case 'none':
      return ['service_network_arn', 'resource_configuration_arn'].some((name) => isGiven(endpoint, name))
        ? pass()
        : unproven('names no service');
  }
}

export function isGiven(endpoint: Resource, argument: string): boolean {
  return endpoint.attribute(argument).kind !== 'null';
}

/** An endpoint may lead to a service in another Region: to one of the estate where the sites are linked, else never. */
export function judgeServiceRegion(endpoint: Resource, service: EndpointService, inspection: Inspect): Outcome {
  const { estate, policy, pass, fail, unproven } = inspection;
  const value = endpoint.attribute('service_region');
  const there = asString(value);
  if (there === null) return pass();
  if (isHidden(there)) return unproven(there);
  const here = asString(estate.place(endpoint).region);
  if (isHidden(here)) return unproven(here);
  const isOfSite = policy.sites.some((site) => regionsOf(site).includes(there));
  if (there === here || (service.kind === 'own' && isOfSite)) return pass();
  return fail({ path: ['service_region'], value }, 'region', {
    service: `a service in ${there}`,
    region: here ?? 'of no name',
  });
}
