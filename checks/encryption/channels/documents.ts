import type { Resource } from '../../../model/resource.ts';
import { asBoolean, asItems, asString, child, display, isHidden, shown, type Value } from '../../../model/value.ts';
import type { Outcome } from '../../check.ts';
import { isUnwritten } from '../stores/part-arguments.ts';
import type { ChannelInspection } from './channel-messages.ts';

export const BATCH = 'aws_batch_job_definition';
const EMR = 'aws_emr_security_configuration';

/** Arguments of a job definition that hold a document, and where volumes stand in it; a name alone may be a list. */
const VOLUMES: Readonly<Record<string, readonly string[]>> = {
  container_properties: ['volumes'],
  ecs_properties: ['taskProperties', 'volumes'],
  node_properties: ['nodeRangeProperties', 'container', 'volumes'],
};

/** Types whose documents say whether traffic is encrypted. */
export const DOCUMENTED: ReadonlyMap<string, (resource: Resource, inspection: ChannelInspection) => Outcome> = new Map([
  [BATCH, judgeBatch],
  [EMR, judgeEmr],
  ['aws_emr_cluster', judgeCluster],
]);

/** Whether a job definition mounts a file system, or may do so. */
export function mayMount(job: Resource): boolean {
  return Object.keys(VOLUMES).some((argument) => !isUnwritten(job.attribute(argument)));
}

/** File systems that jobs of AWS Batch mount. */
function judgeBatch(job: Resource, inspection: ChannelInspection): Outcome {
  const { estate, all, fail, unproven } = inspection;
  const outcomes: Outcome[] = [];
  for (const [argument, names] of Object.entries(VOLUMES)) {
    const value = job.attribute(argument);
    if (isUnwritten(value)) continue;
    let places: readonly Value[] = [estate.document(value)];
    for (const name of [...names, 'efsVolumeConfiguration']) {
      places = places.flatMap(spread).map((place) => child(place, name));
    }
    for (const volume of places.flatMap(spread)) {
      if (isHidden(volume)) outcomes.push(unproven(volume));
      const written = child(volume, 'transitEncryption');
      const state = asString(written);
      if (volume.kind !== 'object' || state === 'ENABLED') continue;
      if (isHidden(state)) outcomes.push(unproven(state));
      else {
        const part = 'efsVolumeConfiguration.transitEncryption';
        const data = { argument, part, state: shown(state ?? 'not set', written) };
        outcomes.push(fail({ path: [argument] }, 'document', data));
      }
    }
  }
  return all(outcomes);
}

/** The items of a list with what hides others, and anything else as it is. */
function spread(value: Value): readonly Value[] {
  if (value.kind !== 'list') return [value];
  const { items, open } = asItems(value);
  return [...items, ...open];
}

/** What nodes of an EMR cluster send to each other. */
function judgeEmr(configuration: Resource, { estate, pass, fail, unproven }: ChannelInspection): Outcome {
  const argument = 'configuration';
  const document = estate.document(configuration.attribute(argument));
  if (isHidden(document)) return unproven(document);
  const part = 'EnableInTransitEncryption';
  const written = child(child(document, 'EncryptionConfiguration'), part);
  const isOn = asBoolean(written);
  if (isHidden(isOn)) return unproven(isOn);
  if (isOn === true) return pass();
  return fail({ path: [argument] }, 'document', { argument, part, state: isOn === null ? 'not set' : 'false' });
}

function judgeCluster(cluster: Resource, inspection: ChannelInspection): Outcome {
  const { estate, fail, unproven } = inspection;
  const argument = 'security_configuration';
  const value = cluster.attribute(argument);
  if (isUnwritten(value)) return fail({ path: [argument] }, 'plain', { argument, state: 'not written' });
  const target = estate.resolve(value, [EMR], cluster);
  if (target.kind === 'hidden') return unproven(target.value);
  if (target.kind !== 'resource') {
    return unproven(`has the security configuration ${display(value)}, which is not in the estate`);
  }
  const outcome = judgeEmr(target.resource, inspection);
  if (outcome.verdict !== 'fail') return outcome;
  const data = { argument, state: `${target.resource.address}, which fails` };
  return fail({ path: [argument], value, related: [target.resource] }, 'plain', data);
}
