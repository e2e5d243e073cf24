import { delimiter, isAbsolute } from 'node:path';
import type { Io } from './io.ts';
import { KEY_VARIABLE } from './seal-keys.ts';

/** Where Terraform is looked for when nothing of the caller's PATH is left: an empty one means the working directory. */
const PLAIN_PATH = ['/usr/bin', '/bin'].join(delimiter);

/**
 * What Terraform and its providers run with. The key of seals is none of their business; logs hold secrets; arguments
 * of the environment would come before ours and change what is shown; a reattached provider is not the locked one.
 */
export function terraformEnvironment({ environment }: Pick<Io, 'environment'>): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => name !== KEY_VARIABLE && !/^TF_(?:CLI_ARGS(?:_show)?$|LOG|REATTACH_PROVIDERS)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    ...pathOf(environment),
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
  };
}

/** Without what is relative: it would find a program beside the plan, in the tree that is judged. */
function pathOf({ PATH }: Io['environment']): NodeJS.ProcessEnv {
  if (PATH === undefined) return {};
  return { PATH: PATH.split(delimiter).filter(isAbsolute).join(delimiter) || PLAIN_PATH };
}
