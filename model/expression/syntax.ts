/**
 * The abstract syntax of Terraform's expression language, as it occurs in the template strings of `*.tf.json`.
 * Offsets count UTF-16 code units from the start of the string that was parsed.
 */
export type Expression =
  | LiteralExpression
  | TemplateExpression
  | VariableExpression
  | AttributeExpression
  | IndexExpression
  | SplatExpression
  | CallExpression
  | TupleExpression
  | ObjectExpression
  | ForTupleExpression
  | ForObjectExpression
  | ConditionalExpression
  | UnaryExpression
  | BinaryExpression;

interface Spanned {
  readonly start: number;
  readonly end: number;
}

export interface LiteralExpression extends Spanned {
  readonly kind: 'literal';
  /** `number` holds the text as written. */
  readonly literal:
    | { readonly type: 'string'; readonly value: string }
    | { readonly type: 'number'; readonly text: string }
    | { readonly type: 'boolean'; readonly value: boolean }
    | { readonly type: 'null' };
}

/** A quoted string, a heredoc or a whole template string. One lone interpolation keeps the type of its value. */
export interface TemplateExpression extends Spanned {
  readonly kind: 'template';
  readonly parts: readonly TemplatePart[];
}

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'interpolation'; readonly expression: Expression }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly then: readonly TemplatePart[];
      readonly otherwise: readonly TemplatePart[];
    }
  | {
      readonly kind: 'for';
      readonly keyName: string | null;
      readonly valueName: string;
      readonly collection: Expression;
      readonly body: readonly TemplatePart[];
    };

/** A root name: `var`, `aws_vpc`, or the variable of a `for`. */
export interface VariableExpression extends Spanned {
  readonly kind: 'variable';
  readonly name: string;
}

export interface AttributeExpression extends Spanned {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
}

export interface IndexExpression extends Spanned {
  readonly kind: 'index';
  readonly collection: Expression;
  readonly key: Expression;
}

/** `list[*].a[0]` or `list.*.a`: `each` is applied to every item, whose place it marks with the variable `*`. */
export interface SplatExpression extends Spanned {
  readonly kind: 'splat';
  readonly style: 'full' | 'attribute';
  readonly collection: Expression;
  readonly each: Expression;
}

export interface CallExpression extends Spanned {
  readonly kind: 'call';
  /** As written, with the namespace of a provider function: `provider::aws::arn_parse`. */
  readonly name: string;
  readonly arguments: readonly Expression[];
  /** The last argument is followed by `...`. */
  readonly expandLast: boolean;
}

export interface TupleExpression extends Spanned {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
}

export interface ObjectExpression extends Spanned {
  readonly kind: 'object';
  readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
}

export interface ForTupleExpression extends Spanned {
  readonly kind: 'for-tuple';
  readonly keyName: string | null;
  readonly valueName: string;
  readonly collection: Expression;
  readonly value: Expression;
  readonly condition: Expression | null;
}

export interface ForObjectExpression extends Spanned {
  readonly kind: 'for-object';
  readonly keyName: string | null;
  readonly valueName: string;
  readonly collection: Expression;
  readonly key: Expression;
  readonly value: Expression;
  readonly condition: Expression | null;
  /** `...` after the value: values of equal keys are collected in a list. */
  readonly group: boolean;
}

export interface ConditionalExpression extends Spanned {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

export interface UnaryExpression extends Spanned {
  readonly kind: 'unary';
  readonly operator: '-' | '!';
  readonly operand: Expression;
}

export interface BinaryExpression extends Spanned {
  readonly kind: 'binary';
  readonly operator: '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||';
  readonly left: Expression;
  readonly right: Expression;
}
