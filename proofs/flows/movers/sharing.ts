import type { Mover } from '../mover.ts';
import { out } from './row.ts';

const sharing = out('sharing');
const share = out('resource-share');

/** Permissions by which another account gets at data: it may lie under another jurisdiction. */
export const SHARING: readonly Mover[] = [
  share('aws_ram_principal_association', 'principal', 'principal', 'What the share holds is used by this principal.'),
  share(
    'aws_ram_resource_share',
    'allow_external_principals',
    'world',
    'Accounts outside the organisation may be added to the share.',
    { when: [{ path: 'allow_external_principals', is: ['true'] }], place: 'accounts outside the organisation' },
  ),
  // People of a directory are those of the instance of the Identity Center, which has a row.
  sharing('aws_s3control_access_grant', 'grantee.grantee_identifier', 'principal', 'The grantee reads the objects.', {
    when: [{ path: 'grantee.grantee_type', is: ['IAM'] }],
  }),
  sharing(
    'aws_s3control_access_grants_instance',
    'identity_center_arn',
    'arn',
    'People of this instance of IAM Identity Center get grants.',
  ),
  sharing(
    'aws_s3_access_point',
    'bucket_account_id',
    'account',
    'The bucket behind the access point is of this account.',
  ),
  sharing('aws_lakeformation_permissions', 'principal', 'principal', 'This principal reads the tables.'),
];
