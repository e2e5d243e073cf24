import type { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/** The last release of version 5, which can say everything of the enclave but that its network encrypts. */
const PROVIDER_5 = '5.100.0';

/** Whether the stacks are for provider 5: the context `awsProviderMajor` asks for them, and tests that plan them do. */
export function isForProvider5(scope: Construct): boolean {
  return scope.node.tryGetContext('awsProviderMajor') === 5;
}

/** Lets a stack demand the version that it is for; that of the bindings unless asked otherwise. */
export function requireProvider(stack: TerraformStack): void {
  if (isForProvider5(stack)) stack.addOverride('terraform.required_providers.aws.version', PROVIDER_5);
}
