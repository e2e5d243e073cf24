import { isHidden, type Value } from '../../value.ts';
import { type Conversion, convert } from '../convert.ts';
import { BOOLEAN, DYNAMIC, NUMBER, STRING, type Type } from '../type.ts';
import { ANY_OR_NULL, type FunctionDefinition, type FunctionTable } from './definition.ts';

export const CONVERSIONS: FunctionTable = {
  nonsensitive: { parameters: [ANY_OR_NULL], apply: ([value]) => value ?? 'invalid' },
  sensitive: {
    parameters: [ANY_OR_NULL],
    apply: ([value]) => (value === undefined ? 'invalid' : { ...value, sensitive: true }),
  },
  tobool: to(BOOLEAN),
  tolist: to({ kind: 'list', element: DYNAMIC }),
  tomap: to({ kind: 'map', element: DYNAMIC }),
  tonumber: to(NUMBER),
  toset: to({ kind: 'set', element: DYNAMIC }),
  tostring: to(STRING),
};

/** A symbol converted to text stays itself: its text is what it stands for. */
function to(type: Type): FunctionDefinition {
  return { parameters: [ANY_OR_NULL], apply: ([value]) => (value === undefined ? 'invalid' : converted(value, type)) };
}

function converted(value: Value, type: Type): Conversion {
  return isHidden(value) && type.kind === 'string' ? value : convert(value, type);
}
