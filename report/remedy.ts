import { SITE_KEY } from '../checks/check.ts';
import type { ResultRemedy } from '../checks/report.ts';

/** What to write in CDKTF, in a line: `kmsKeyId: key.arn of KinesisStream, where key is a KmsKey of the site`. */
export function describeRemedy({ construct, module, address, properties }: ResultRemedy): string {
  const set = properties.map(({ name, to }) => `${name}: ${to}`).join(', ');
  const what = address === null ? `new ${construct}(..., { ${set} }) from ${module}` : `${set} of ${construct}`;
  return properties.some(({ to }) => to.includes(SITE_KEY)) ? `${what}, where key is a KmsKey of the site` : what;
}
