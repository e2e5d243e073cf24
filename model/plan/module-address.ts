import { asChain } from '../expression/chain.ts';
import { parseExpression } from '../expression/parse.ts';
import { quoteKey } from '../synth/traversal.ts';

/** The address of an instance, as Terraform writes it. */
export function withKey(address: string, key: string | number | null): string {
  if (key === null) return address;
  return `${address}[${typeof key === 'number' ? key : quoteKey(key)}]`;
}

interface LastCall {
  readonly parent: string;
  readonly name: string;
  readonly key: string | number | null;
  /** With the parent, without the key. */
  readonly address: string;
}

/** The innermost call of a module address; null where the address is not understood. */
export function lastCall(address: string): LastCall | null {
  const parsed = address === '' ? null : parseExpression(address);
  const chain = parsed === null || parsed.kind === 'error' ? null : asChain(parsed.expression);
  if (chain === null || chain.name !== 'module') return null;
  const calls: { name: string; key: string | number | null }[] = [];
  let isName = true;
  for (const step of chain.steps) {
    if (step.kind === 'attribute') {
      if (isName) calls.push({ name: step.name, key: null });
      else if (step.name !== 'module') return null;
      isName = !isName;
    } else {
      const last = calls.at(-1);
      if (last === undefined || isName) return null;
      last.key =
        step.key.kind === 'number' ? Number(step.key.text) : step.key.kind === 'string' ? step.key.value : null;
    }
  }
  const last = calls.pop();
  if (last === undefined) return null;
  const parent = calls.map(({ name, key }) => withKey(`module.${name}`, key)).join('.');
  const own = parent === '' ? `module.${last.name}` : `${parent}.module.${last.name}`;
  // Written in another spelling, it would be another key to the maps.
  return withKey(own, last.key) === address ? { parent, name: last.name, key: last.key, address: own } : null;
}
