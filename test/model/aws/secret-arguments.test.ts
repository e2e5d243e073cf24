import { expect, it } from 'vitest';
import {
  isMarkedWithoutSecret,
  isWriteOnly,
  secretArguments,
  typesWithSecrets,
} from '../../../model/aws/secret-arguments.ts';
import { isKnownType } from '../../../model/aws/resource-types.ts';
import { typesOfBindings } from '../../../scripts/provider-arguments.ts';

const BINDINGS = typesOfBindings();

it('names types that the provider has, and arguments that they have', () => {
  const wrong = typesWithSecrets().flatMap((type) => {
    if (!isKnownType(type)) return [type];
    const settable = BINDINGS.get(type.slice('aws_'.length));
    // Types that only provider 5 has are in no binding.
    if (settable === undefined) return [];
    return secretArguments(type).filter((argument) => !settable.includes(argument));
  });
  expect(wrong).toEqual([]);
});

it('has every argument of the bindings that takes a password, or that nothing keeps', () => {
  const missing = [...BINDINGS].flatMap(([type, paths]) =>
    paths
      .filter((path) => /(?:^|[._])(?:password|secret_key|client_secret|passphrase)(?:_wo)?$|_wo$/.test(path))
      .filter((path) => !/generate_secret|manage_|to_change_|client_id_wo|configuration_property\.secret/.test(path))
      .filter((path) => !secretArguments(`aws_${type}`).includes(path) && type !== 'ssm_parameter')
      .map((path) => `${type}.${path}`),
  );
  expect(missing).toEqual([]);
});

it('has none that is marked and is no secret', () => {
  expect(secretArguments('aws_dms_certificate')).not.toContain('certificate_pem');
  expect(isMarkedWithoutSecret('aws_dms_certificate', 'certificate_pem')).toBe(true);
  expect(isMarkedWithoutSecret('aws_db_instance', 'password')).toBe(false);
});

it('knows what Terraform keeps out of the state by its name', () => {
  expect(isWriteOnly('password_wo')).toBe(true);
  expect(isWriteOnly('password')).toBe(false);
});
