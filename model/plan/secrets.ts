import type { JsonNode } from '../json/json.ts';
import { canonicalNumber } from '../synth/variable-value.ts';
import { fieldOf, objectsByKey } from './json-fields.ts';
import type { ConfiguredModule } from './plan-configuration.ts';
import type { PlanDocument } from './plan-document.ts';

/**
 * Every text and number that the plan says to be sensitive somewhere. Providers copy it where the plan does not say so: the
 * `output` of a `terraform_data` with a sensitive `input` is an example. Outputs are not asked: CDKTF marks every one by which stacks know of each other.
 */
export function secretsOf(plan: PlanDocument, root: ConfiguredModule): ReadonlySet<string> {
  const secrets = new Set<string>();
  for (const { before, after } of plan.objects.filter(({ isSensitive }) => isSensitive)) {
    for (const values of [before, after]) {
      if (values !== null) collect(values.known, values.sensitive, secrets);
    }
  }
  for (const [name, variable] of objectsByKey(plan.variables)) {
    const declared = root.variables.get(name);
    const value = fieldOf(variable, 'value');
    if (declared !== undefined && value !== null) collect(value, fieldOf(declared, 'sensitive'), secrets);
  }
  return secrets;
}

/** Recursion is no deeper than the JSON reader allows. */
function collect(node: JsonNode, sensitive: JsonNode | null, secrets: Set<string>): void {
  if (sensitive === null || (sensitive.kind === 'boolean' && !sensitive.value)) return;
  switch (node.kind) {
    case 'string':
      secrets.add(node.value);
      break;
    case 'number':
      secrets.add(canonicalNumber(node.text));
      break;
    case 'object':
      for (const { key, value } of node.members) {
        collect(value, sensitive.kind === 'object' ? fieldOf(sensitive, key) : sensitive, secrets);
      }
      break;
    case 'array':
      node.items.forEach((item, index) => {
        collect(item, sensitive.kind === 'array' ? (sensitive.items[index] ?? null) : sensitive, secrets);
      });
      break;
    case 'boolean':
    case 'null':
      break;
  }
}
