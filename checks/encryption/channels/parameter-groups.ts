import type { Path, Resource } from '../../../model/resource.ts';
import { asString, display, type Hidden, isHidden, shown, type Value } from '../../../model/value.ts';
import type { Outcome } from '../../check.ts';
import { isUnwritten } from '../stores/part-arguments.ts';
import type { ChannelInspection } from './channel-messages.ts';

/** A database that takes plain connections unless its parameter group says otherwise. */
interface Grouped {
  readonly argument: string;
  readonly group: string;
  /** The engine where the type has but one. */
  readonly engine?: string;
  /** The group that AWS takes where none is named, where its family needs no version. */
  readonly byDefault?: string;
}

export const GROUPED: ReadonlyMap<string, Grouped> = new Map<string, Grouped>([
  ['aws_db_instance', { argument: 'parameter_group_name', group: 'aws_db_parameter_group' }],
  ['aws_rds_cluster', { argument: 'db_cluster_parameter_group_name', group: 'aws_rds_cluster_parameter_group' }],
  [
    'aws_docdb_cluster',
    { argument: 'db_cluster_parameter_group_name', group: 'aws_docdb_cluster_parameter_group', byDefault: 'docdb' },
  ],
  [
    'aws_neptune_cluster',
    {
      argument: 'neptune_cluster_parameter_group_name',
      group: 'aws_neptune_cluster_parameter_group',
      byDefault: 'neptune',
    },
  ],
  [
    'aws_redshift_cluster',
    { argument: 'cluster_parameter_group_name', group: 'aws_redshift_parameter_group', engine: 'redshift' },
  ],
]);

/** The parameter of an engine that refuses plain connections. */
interface Forcing {
  readonly family: RegExp;
  /** The families, for people. */
  readonly words: string;
  readonly parameter: string;
  readonly on: readonly string[];
  /** Whether it is on where no group sets it, for people and by the version in the family's name; null: not known. */
  readonly omitted: string;
  readonly byDefault: (version: number) => boolean | null;
}

const SWITCHED = ['1', 'on', 'true'];

/** Families of parameter groups, by what the guides of Amazon RDS, Aurora, DocumentDB, Neptune and Redshift call the default. */
export const FAMILIES: readonly Forcing[] = [
  {
    family: /^postgres(\d+)/,
    words: 'PostgreSQL',
    parameter: 'rds.force_ssl',
    on: SWITCHED,
    omitted: 'on from 15',
    byDefault: (version) => version >= 15,
  },
  {
    family: /^aurora-postgresql(\d+)/,
    words: 'Aurora PostgreSQL',
    parameter: 'rds.force_ssl',
    on: SWITCHED,
    omitted: 'on from 17',
    byDefault: (version) => version >= 17,
  },
  {
    family: /^aurora(?:-mysql)?(\d+\.\d+)$/,
    words: 'Aurora MySQL',
    parameter: 'require_secure_transport',
    on: SWITCHED,
    omitted: 'on from 8.4',
    byDefault: (version) => version >= 8.4,
  },
  {
    family: /^mysql(\d+\.\d+)$/,
    words: 'MySQL',
    parameter: 'require_secure_transport',
    on: SWITCHED,
    omitted: 'off before 8.4, not known from there',
    byDefault: (version) => (version < 8.4 ? false : null),
  },
  {
    family: /^mariadb(\d+\.\d+)$/,
    words: 'MariaDB',
    parameter: 'require_secure_transport',
    on: SWITCHED,
    omitted: 'off before 11, not known from there',
    byDefault: (version) => (version < 11 ? false : null),
  },
  {
    family: /^sqlserver-\w+-(\d+)/,
    words: 'SQL Server',
    parameter: 'rds.force_ssl',
    on: SWITCHED,
    omitted: 'off',
    byDefault: () => false,
  },
  {
    family: /^db2-\w+-(\d+)/,
    words: 'Db2',
    parameter: 'db2comm',
    on: ['ssl'],
    omitted: 'off',
    byDefault: () => false,
  },
  {
    family: /^docdb(\d|$)/,
    words: 'DocumentDB',
    parameter: 'tls',
    on: ['enabled', 'fips-140-3', 'tls1.2+', 'tls1.3+'],
    omitted: 'on',
    byDefault: () => true,
  },
  {
    family: /^neptune(\d|$)/,
    words: 'Neptune',
    parameter: 'neptune_enforce_ssl',
    on: SWITCHED,
    omitted: 'on',
    byDefault: () => true,
  },
  {
    family: /^redshift-(\d+)/,
    words: 'Redshift',
    parameter: 'require_ssl',
    on: SWITCHED,
    omitted: 'on from redshift-2.0',
    byDefault: (version) => version >= 2,
  },
];

/** Whether a database refuses connections without TLS, by its parameter group. */
export function judgeGrouped(database: Resource, grouped: Grouped, inspection: ChannelInspection): Outcome {
  const { estate, unproven } = inspection;
  const path = [grouped.argument];
  const value = database.attribute(...path);
  if (isUnwritten(value)) {
    const family = grouped.byDefault ?? familyOf(database, grouped);
    if (family === null) return unproven('names no parameter group, and which one AWS takes is not known');
    if (isHidden(family)) return unproven(family);
    return judgeFamily(database, path, family, 'the default group', inspection);
  }
  const target = estate.resolve(value, [grouped.group], database);
  if (target.kind === 'resource' && target.resource.init.mode === 'managed') {
    return judgeGroup(database, path, target.resource, inspection);
  }
  const name = asString(value);
  if (isHidden(name)) return unproven(name);
  const ofAws = /^default\.(.+)$/.exec(name ?? '')?.[1];
  if (ofAws !== undefined) return judgeFamily(database, path, ofAws, shown(name ?? '', value), inspection);
  return unproven(`has the parameter group ${display(value)}, which is not in the estate`);
}

/** The family of the group that AWS takes where none is named; null where that cannot be told. */
function familyOf(database: Resource, { engine: only }: Grouped): string | null | Hidden {
  if (only !== undefined) return null;
  const [engine, version] = [asString(database.attribute('engine')), asString(database.attribute('engine_version'))];
  if (isHidden(engine)) return engine;
  if (isHidden(version)) return version;
  if (engine === null || version === null) return null;
  // `16.6` is of the family postgres16, `8.0.41` of mysql8.0, `15.00.4430.1.v1` of sqlserver-se-15.0.
  if (/^(?:sqlserver|db2)-/.test(engine)) return `${engine}-${/^\d+/.exec(version)?.[0] ?? version}`;
  return engine.includes('postgres') ? `${engine}${version}` : `${engine}${/^\d+\.\d+/.exec(version)?.[0] ?? version}`;
}

function judgeGroup(database: Resource, path: Path, group: Resource, inspection: ChannelInspection): Outcome {
  const { all, fail, pass, unproven } = inspection;
  const value = group.attribute('family');
  const family = asString(value);
  if (isHidden(family)) return unproven(family);
  const forcing = FAMILIES.find((one) => one.family.test(family ?? ''));
  if (forcing === undefined)
    return unproven(`takes TLS as the family ${shown(family ?? '', value)} says, which is not known`);
  const { items, open } = group.blocks('parameter');
  const outcomes: Outcome[] = open.map((one) => unproven(one));
  let isSet = false;
  for (const block of items) {
    const name = asString(block.attribute('name'));
    if (isHidden(name)) {
      outcomes.push(unproven(name));
      continue;
    }
    if (name?.toLowerCase() !== forcing.parameter) continue;
    isSet = true;
    const written = block.attribute('value');
    const state = asString(written);
    if (isHidden(state)) outcomes.push(unproven(state));
    else if (state === null || !forcing.on.includes(state.toLowerCase())) {
      const at = { path, value: database.attribute(...path), related: [group], location: block.locate('value') };
      const data = { parameter: forcing.parameter, state: shown(state ?? 'not set', written), group: group.address };
      const remedy = { of: group, set: [{ path: [...block.path, 'value'], to: `'${forcing.on[0] ?? ''}'` }] };
      outcomes.push(fail({ ...at, remedy, extent: reachOf(database, inspection) }, 'optional', data));
    } else outcomes.push(pass());
  }
  if (!isSet) {
    if (outcomes.length > 0) return all(outcomes);
    outcomes.push(judgeFamily(database, path, family ?? '', group.address, inspection, group));
  }
  return group.init.isSymbolic
    ? unproven(`has the parameter group ${group.address}, whose instances are not known`)
    : all(outcomes);
}

/** What a family says by itself. */
function judgeFamily(
  database: Resource,
  path: Path,
  family: string,
  group: string,
  inspection: ChannelInspection,
  resource?: Resource,
): Outcome {
  const { pass, fail, unproven } = inspection;
  const forcing = FAMILIES.find((one) => one.family.test(family));
  const version = forcing?.family.exec(family)?.[1];
  if (forcing === undefined || version === undefined) {
    return unproven(`takes connections as ${group} says, and of that no default is known`);
  }
  const isOn = forcing.byDefault(Number(version));
  if (isOn === null)
    return unproven(`takes connections as ${group} says, and the default of ${forcing.parameter} is not known`);
  if (isOn) return pass();
  const value: Value = database.attribute(...path);
  const at = { path, value, related: resource === undefined ? [] : [resource], extent: reachOf(database, inspection) };
  return fail(at, 'optional', { parameter: forcing.parameter, state: 'off, as it is unless set', group });
}

/** From where connections come: an exception for a private database covers no public one. */
function reachOf(database: Resource, { estate }: ChannelInspection) {
  return { publicly_accessible: estate.effective(database, 'publicly_accessible') };
}
