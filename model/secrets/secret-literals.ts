import { isStandIn } from './key-forms.ts';
import { isDerPrivateKey, looksRandom } from './random-text.ts';
import type { Speaking } from './secret-names.ts';

/** What stands after names of secrets and is none: switches, types, sources, ways to log in. */
const WORDS = new Set(
  (
    'absent always any auto aws basic bearer boolean compat default digest disable disabled enable enabled env ' +
    'external false file files inherit iam kerberos ldap managed md5 never nil no none null off on optional plain ' +
    'prompt required sasl scram secret secretsmanager ssm sss str string systemd text true undefined unset vault yes'
  ).split(' '),
);

/** Where a secret lies instead of what it is. */
const POINTER =
  /^(?:arn:|alias\/|\w[\w+.-]*:\/\/|[/~.]|!(?:Ref|Sub|GetAtt|ImportValue|vault)\b|(?:ssm|vault|secretsmanager|resolve|keyring|env|file):|[A-Za-z][\w.-]*(?:\/[A-Za-z][\w.-]*)+$)/;

const SHORTEST_PASSWORD = 4;

/** Whether a literal that follows a name which speaks of a secret is one, and not the name of one. */
export function isSecretLiteral(text: string, speaking: Speaking): boolean {
  const literal = text.trim();
  if (isStandIn(literal) || WORDS.has(literal.toLowerCase())) return false;
  if (isDerPrivateKey(literal) || looksRandom(literal)) return true;
  return (
    speaking === 'password' && literal.length >= SHORTEST_PASSWORD && !/\s/.test(literal) && !POINTER.test(literal)
  );
}
