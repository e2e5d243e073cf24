/**
 * Lists what the schema of a provider has that the tables have not, with the classes that its arguments suggest, and what
 * the tables have that it has not.
 *
 *   terraform providers schema -json > schema.json
 *   npx tsx scripts/list-new-types.ts schema.json
 *
 * Each new type then gets a row: judge it in model/aws/judged-classes.ts.
 */
import { readFileSync } from 'node:fs';
import { describeEvidence } from '../model/aws/argument-classes.ts';
import { readProviderSchema } from '../model/aws/provider-schema.ts';
import { classifiedTypes, classOf } from '../model/aws/resource-classes.ts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new TypeError('name what "terraform providers schema -json" has printed');
const types = readProviderSchema(file, readFileSync(file));
const aws = [...types].filter(([, { provider }]) => provider.endsWith('/hashicorp/aws')).map(([type]) => type);
const added = [...types].filter(([type]) => classOf(type) === null);
const gone = classifiedTypes().filter((type) => !types.has(type));

console.log(`${aws.length} types of hashicorp/aws, ${types.size} in all`);
console.log(`${added.length} without a row`);
for (const [type, { evidence }] of added.toSorted(([left], [right]) => (left < right ? -1 : 1))) {
  console.log(`  ${type}: ${evidence === null ? 'its arguments show nothing' : describeEvidence(evidence)}`);
}
console.log(`${gone.length} that the schema has not`);
for (const type of gone.toSorted()) console.log(`  ${type}`);
