import { expect, test } from 'vitest';
import { parseArgumentTable, parseClassTable } from '../../../model/aws/class-table.ts';

test('a table of judged classes gives each type the row that it stands under', () => {
  const table = '\nstores+network | rows of tables\ndb_instance\nrds_cluster\n\ninert | a label\nec2_tag ecs_tag\n';
  expect([...parseClassTable(table)]).toEqual([
    ['aws_db_instance', { classes: ['stores', 'network'], reason: 'rows of tables' }],
    ['aws_rds_cluster', { classes: ['stores', 'network'], reason: 'rows of tables' }],
    ['aws_ec2_tag', { classes: ['inert'], reason: 'a label' }],
    ['aws_ecs_tag', { classes: ['inert'], reason: 'a label' }],
  ]);
});

test('a table of arguments gives the arguments as the reason', () => {
  expect([...parseArgumentTable('\nebs_volume stores encrypted kms_key_id\n')]).toEqual([
    ['aws_ebs_volume', { classes: ['stores'], reason: 'has the arguments encrypted, kms_key_id' }],
  ]);
});

test.each([
  ['a type twice', 'inert | a label\nec2_tag\nstores | a disk\nec2_tag', 'two rows'],
  ['a class that is none', 'harmless | a label\nec2_tag', 'no class harmless'],
  ['inert beside another class', 'inert+log | a label\nec2_tag', 'inert and more'],
  ['a type before the first row', 'ec2_tag\ninert | a label', 'before the first row'],
])('a table is refused with %s', (_, table, message) => {
  expect(() => parseClassTable(table)).toThrow(message);
});
