/**
 * How a name speaks of a secret: `password` means that what follows is one, `secret` that it may be, for a token or a
 * secret goes by a name as often as by itself.
 */
export type Speaking = 'password' | 'secret';

const PASSWORDS = new Set(['password', 'passwords', 'passwd', 'passphrase', 'passcode', 'pwd', 'mypwd']);

/** Words that make a password of a secret where they stand together. */
const WHOLE = /secretaccesskey|clientsecret|sharedsecret|presharedkey/;

const SECRETS = new Set([
  'secret',
  'secrets',
  'token',
  'tokens',
  'apikey',
  'apikeys',
  'credential',
  'credentials',
  'privatekey',
  'accesskey',
  'secretkey',
  'authkey',
  'bearer',
  'authorization',
  'salt',
  'psk',
  'webhook',
  'pat',
]);

/** What a key is for, where it is to be kept. */
const KEYS = new Set(
  'api access auth private secret encryption signing master shared session license service hmac aes jwt'.split(' '),
);

/** Last words of what tells about a secret: where it lies, how long it may be, who gives it. */
const ABOUT = new Set(
  (
    'account age alg algorithm algorithms allowed arn arns attempts audience auth authentication bucket cache ' +
    'callback class column command count date days description digest dir directory disabled enabled ' +
    'encryption endpoint endpoints env expiration expires expiry field file filename folder format generator ' +
    'group hash hashing header helper hint history host hours id identifier ids issuer key kind label length ' +
    'lifetime limit limits list location manager max method min minutes mode name names namespace object ' +
    'option owner param parameter path pattern period policy port prefix prompt provider queue ref reference ' +
    'regex region request required requirements reset response role rotation scope scopes seconds server size ' +
    'source stage status stdin store strategy suffix table tags timeout title topic ttl type types uri url ' +
    'urls usage use user username validation validity var variable vault version zone'
  ).split(' '),
);

/** First words of what says what is done with a password. */
const DOING = new Set(
  'allow change disable enable exclude forgot generate get has is manage max min no require reset rotate use'.split(
    ' ',
  ),
);

/** Whether there is any such word in a text at all. */
const HINT = /pass|pwd|secret|token|key|credential|bearer|authoriz|salt|psk|webhook|(?:^|[^a-z])pat(?:$|[^a-z])/i;

/** How a name of an argument, a variable or a member speaks of a secret; null for one that does not. */
export function speakingOf(name: string): Speaking | null {
  if (!HINT.test(name)) return null;
  const words = wordsOf(name);
  const joined = words.join('');
  const last = words.at(-1) ?? '';
  const isKey = last === 'key' || last === 'keys';
  const hasPassword = words.some((word) => PASSWORDS.has(word)) || WHOLE.test(joined);
  if (ABOUT.has(last) && !isKey) return null;
  if (hasPassword) {
    if (DOING.has(words[0] ?? '')) return null;
    return isKey && !/(?:accesskey|presharedkey)$/.test(joined) ? null : 'password';
  }
  if (isKey) return words.length > 1 && KEYS.has(words.at(-2) ?? '') ? 'secret' : null;
  return words.some((word) => SECRETS.has(word)) ? 'secret' : null;
}

/** `DB_PASSWORD`, `db-password` and `dbPassword` alike. */
function wordsOf(name: string): readonly string[] {
  return name
    .slice(-120)
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}
