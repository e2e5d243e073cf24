import { expect, it } from 'vitest';
import type { Estate } from '../../../model/estate.ts';
import { display } from '../../../model/value.ts';
import { estateFrom } from '../../support/terraform-json.ts';

/** What one program says, written as cdktf does and as its successor does: full source, empty lists and maps printed. */
const stack = (isSuccessor: boolean) => {
  const source = isSuccessor ? 'hashicorp/aws' : 'aws';
  const nothing = isSuccessor ? { ingress: [], depends_on: [], dynamic: [] } : {};
  return {
    '//': { metadata: { backend: 's3', stackName: 'west', version: isSuccessor ? '0.24.0' : '0.21.0' }, outputs: {} },
    terraform: {
      required_providers: { aws: { source, version: '6.25.0' } },
      backend: { s3: { bucket: 'state', key: 'west.tfstate', region: 'eu-west-1' } },
    },
    provider: { aws: [{ region: 'eu-west-1', ...(isSuccessor ? { allowed_account_ids: [], assume_role: [] } : {}) }] },
    ...(isSuccessor ? { data: {}, locals: {}, variable: {}, output: {}, moved: [], import: [] } : {}),
    resource: {
      aws_security_group: {
        desk: { '//': { metadata: { path: 'west/desk', uniqueId: 'desk' } }, name: 'desk', ...nothing },
      },
    },
  };
};

function facts(estate: Estate): object {
  return estate.resources.map((resource) => {
    const { account, region } = estate.place(resource);
    return {
      address: resource.address,
      constructPath: resource.init.constructPath,
      major: resource.init.providerMajor,
      place: [display(account), display(region)],
      name: display(resource.attribute('name')),
      rules: resource.blocks('ingress'),
    };
  });
}

it('reads what cdktn writes as what cdktf writes', () => {
  const [before, after] = [estateFrom({ west: stack(false) }), estateFrom({ west: stack(true) })];
  expect(after.problems).toEqual([]);
  expect(facts(after)).toEqual(facts(before));
  expect(facts(after)).toMatchObject([
    { address: 'aws_security_group.desk', major: 6, place: ['provider aws', '"eu-west-1"'] },
  ]);
});
