import type { Block, Path, Resource } from '../../../model/resource.ts';
import { asString, display, isHidden, shown, type Value } from '../../../model/value.ts';
import type { Outcome, Remedy } from '../../check.ts';
import { isUnwritten } from '../stores/part-arguments.ts';
import type { ChannelInspection } from './channel-messages.ts';

/**
 * Oracle takes encrypted and plain connections at two ports, so only its own encryption of all traffic refuses plain ones:
 * an option, and in it a setting that is `REQUESTED` unless written. As of the guide of Amazon RDS, Oracle native network
 * encryption.
 */
export const ORACLE = {
  argument: 'option_group_name',
  group: 'aws_db_option_group',
  option: 'NATIVE_NETWORK_ENCRYPTION',
  setting: 'SQLNET.ENCRYPTION_SERVER',
  on: 'REQUIRED',
} as const;

/** What may give an instance the option group of another one. */
const SOURCES = ['snapshot_identifier', 'replicate_source_db', 'restore_to_point_in_time'];

export function isOracle(database: Resource): boolean {
  const engine = asString(database.attribute('engine'));
  return database.type === 'aws_db_instance' && typeof engine === 'string' && engine.startsWith('oracle-');
}

/** Whether an instance of Oracle refuses plain connections, by its option group. */
export function judgeOracle(database: Resource, inspection: ChannelInspection): Outcome {
  const { estate, unproven } = inspection;
  const value = database.attribute(ORACLE.argument);
  if (isUnwritten(value)) {
    const source = SOURCES.find((name) => !isUnwritten(database.attribute(name)));
    if (source !== undefined) return unproven(`names no option group, and may have that of its ${source}`);
    return plain(database, null, { state: 'not set', remedy: remedyOf(ORACLE.group, ['option', 0]) }, inspection);
  }
  const target = estate.resolve(value, [ORACLE.group], database);
  if (target.kind !== 'resource' || target.resource.init.mode !== 'managed') {
    const name = asString(value);
    return unproven(isHidden(name) ? name : `has the option group ${display(value)}, which is not in the estate`);
  }
  const group = target.resource;
  return group.init.isSymbolic
    ? unproven(`has the option group ${group.address}, whose instances are not known`)
    : judgeGroup(database, group, inspection);
}

function judgeGroup(database: Resource, group: Resource, inspection: ChannelInspection): Outcome {
  const { all, unproven } = inspection;
  const { items, open } = group.blocks('option');
  const options = items.filter((option) => mayBe(option.attribute('option_name'), ORACLE.option));
  const outcomes = options.map((option) => judgeOption(database, option, inspection));
  if (options.length + open.length === 0) {
    const remedy = remedyOf(group, ['option', items.length]);
    outcomes.push(plain(database, group, { state: 'not set', remedy }, inspection));
  }
  return all([...outcomes, ...open.map((one) => unproven(one))]);
}

function judgeOption(database: Resource, option: Block, inspection: ChannelInspection): Outcome {
  const { all, unproven } = inspection;
  const group = option.resource;
  const name = asString(option.attribute('option_name'));
  if (isHidden(name)) return unproven(name);
  const { items, open } = option.blocks('option_settings');
  const settings = items.filter((setting) => mayBe(setting.attribute('name'), ORACLE.setting));
  const outcomes = settings.map((setting) => judgeSetting(database, setting, inspection));
  if (settings.length + open.length === 0) {
    const remedy = remedyOf(group, option.path, items.length);
    outcomes.push(plain(database, group, { state: 'not set', remedy }, inspection));
  }
  return all([...outcomes, ...open.map((one) => unproven(one))]);
}

function judgeSetting(database: Resource, setting: Block, inspection: ChannelInspection): Outcome {
  const { pass, unproven } = inspection;
  const name = asString(setting.attribute('name'));
  if (isHidden(name)) return unproven(name);
  const written = setting.attribute('value');
  const state = asString(written);
  if (isHidden(state)) return unproven(state);
  if (state?.toUpperCase() === ORACLE.on) return pass();
  const remedy = { of: setting.resource, set: [{ path: [...setting.path, 'value'], to: `'${ORACLE.on}'` }] };
  const seen = { state: shown(state ?? 'not set', written), remedy, location: setting.locate('value') };
  return plain(database, setting.resource, seen, inspection);
}

/** What fails of a database with an option group, or with the one that AWS gives it. */
function plain(
  database: Resource,
  group: Resource | null,
  { state, remedy, location }: { state: string; remedy: Remedy; location?: ReturnType<Block['locate']> },
  { estate, fail }: ChannelInspection,
): Outcome {
  const value = database.attribute(ORACLE.argument);
  const at = {
    path: [ORACLE.argument],
    value,
    related: group === null ? [] : [group],
    location: location ?? group?.init.location ?? database.locate(ORACLE.argument),
    remedy,
    // An exception for a private database covers no public one.
    extent: { publicly_accessible: estate.effective(database, 'publicly_accessible') },
  };
  return fail(at, 'oracle', { setting: ORACLE.setting, state, group: group?.address ?? 'the default option group' });
}

/** The option at a path with its setting, or the setting alone where the option is there. */
function remedyOf(of: Resource | string, option: Path, settings?: number): Remedy {
  const setting = [...option, 'option_settings', settings ?? 0];
  const named = settings === undefined ? [{ path: [...option, 'option_name'], to: `'${ORACLE.option}'` }] : [];
  return {
    of,
    set: [
      ...named,
      { path: [...setting, 'name'], to: `'${ORACLE.setting}'` },
      { path: [...setting, 'value'], to: `'${ORACLE.on}'` },
    ],
  };
}

/** Whether a value is a text, or may be it because it is not known. */
function mayBe(value: Value, text: string): boolean {
  const known = asString(value);
  return isHidden(known) || known?.toUpperCase() === text;
}
