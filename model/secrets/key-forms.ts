/** A kind of secret that shows itself by its form. */
interface Form {
  readonly kind: string;
  readonly form: RegExp;
  /** What the form alone does not tell. */
  readonly isReal?: (found: RegExpMatchArray) => boolean;
}

/** Each form is bounded on both sides, so that a part of a longer text is none. */
const FORMS: readonly Form[] = [
  {
    kind: 'an AWS access key',
    form: /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])/g,
    // The guides of AWS end the keys of their examples so.
    isReal: ([found]) => !found.endsWith('EXAMPLE'),
  },
  { kind: 'an API key of Amazon Bedrock', form: /(?<![A-Za-z0-9])ABSK[A-Za-z0-9+/]{109,}={0,2}/g },
  {
    kind: 'a private key',
    form: /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[^-]{0,400}?)[A-Za-z0-9+/=]{32}/g,
  },
  { kind: 'a private key', form: /PuTTY-User-Key-File-[23]:/g },
  { kind: 'a private key', form: /(?<![A-Z0-9])AGE-SECRET-KEY-1[A-Z0-9]{58}(?![A-Z0-9])/g },
  { kind: 'a token of GitHub', form: /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{36,255}(?![A-Za-z0-9])/g },
  { kind: 'a token of GitHub', form: /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}(?![A-Za-z0-9])/g },
  { kind: 'a token of GitLab', form: /(?<![A-Za-z0-9])gl(?:pat|dt|rt|ptt|oas|cbt|ft|soat)-[\w-]{20,64}/g },
  { kind: 'a token of Slack', form: /(?<![A-Za-z0-9])xox[abeoprs]-(?:\d-)?\d{8,}-[\w-]{10,}/g },
  { kind: 'a token of Slack', form: /(?<![A-Za-z0-9])xapp-\d-[A-Z0-9]{8,}-\d{8,}-[0-9a-f]{8,}/g },
  { kind: 'a webhook of Slack', form: /hooks\.slack\.com\/(?:services|workflows)\/T\w{7,}\/[AB]\w{7,}\/\w{16,}/g },
  {
    kind: 'a webhook of Teams',
    form: /\.webhook\.office\.com\/webhookb2\/[\w@/-]{16,}/g,
  },
  { kind: 'a key of Stripe', form: /(?<![A-Za-z0-9])(?:[sr]k_live|[sr]k_test|whsec)_[A-Za-z0-9]{20,247}/g },
  { kind: 'a key of Google', form: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g },
  { kind: 'a token of npm', form: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/g },
  { kind: 'a token of PyPI', form: /(?<![A-Za-z0-9])pypi-AgE[\w-]{60,}/g },
  { kind: 'a key of SendGrid', form: /(?<![A-Za-z0-9])SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/g },
  { kind: 'a token of Vault', form: /(?<![A-Za-z0-9])hv[sbr]\.[\w-]{24,}/g },
  { kind: 'a token of HCP Terraform', form: /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}/g },
  { kind: 'a token of DigitalOcean', form: /(?<![A-Za-z0-9])do[opr]_v1_[0-9a-f]{64}(?![0-9a-f])/g },
  { kind: 'a token of Databricks', form: /(?<![A-Za-z0-9])dapi[0-9a-f]{32}(?:-\d)?(?![0-9a-z])/g },
  { kind: 'a token of Shopify', form: /(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}(?![0-9a-zA-Z])/g },
  { kind: 'a token of Dynatrace', form: /(?<![A-Za-z0-9])dt0[a-z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{16,64}(?![A-Z0-9])/g },
  { kind: 'a key of New Relic', form: /(?<![A-Za-z0-9])NRAK-[A-Z0-9]{27}(?![A-Z0-9])/g },
  { kind: 'a key of OpenAI', form: /(?<![A-Za-z0-9])sk-(?:proj-|svcacct-|admin-)?[\w-]{20,}T3BlbkFJ[\w-]{20,}/g },
  { kind: 'a key of Anthropic', form: /(?<![A-Za-z0-9])sk-ant-(?:api|admin)\d{2}-[\w-]{80,}/g },
  { kind: 'a token of Grafana', form: /(?<![A-Za-z0-9])glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}(?![0-9a-z])/g },
  { kind: 'a token of Atlassian', form: /(?<![A-Za-z0-9])ATATT3[\w=-]{180,}/g },
  { kind: 'a token of Docker', form: /(?<![A-Za-z0-9])dckr_pat_[\w-]{27}(?![\w-])/g },
  { kind: 'a key of Azure', form: /(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{43,86}={1,2}/g },
  {
    kind: 'a JSON Web Token',
    form: /(?<![\w.-])(eyJ[\w-]{8,})\.eyJ[\w-]{8,}\.[\w-]{16,}(?![\w-])/g,
    isReal: ([, header = '']) => /"alg"\s*:/.test(textOfBase64Url(header) ?? ''),
  },
  {
    kind: 'a password in a URL',
    form: /(?<![\w+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/'"<>\\]{0,100}:([^\s@/'"<>\\]{1,200})@[\w.[-]/gi,
    isReal: ([, password = '']) => !isStandIn(password),
  },
  {
    kind: 'a password of HTTP',
    form: /(?<![\w-])Basic\s{1,3}([A-Za-z0-9+/]{8,}={0,2})(?![\w+/=-])/g,
    isReal: ([, encoded = '']) => {
      const decoded = textOfBase64Url(encoded) ?? '';
      const colon = decoded.indexOf(':');
      return /^[\x20-\x7e]+$/.test(decoded) && colon > 0 && !isStandIn(decoded.slice(colon + 1));
    },
  },
];

/** What every form has in it: most texts have none of these, and are not searched. */
const HINTS =
  /A(?:KIA|SIA|BIA|CCA|BSK|Iza|TATT3)|PRIVATE KEY|PuTTY|SECRET-KEY-|gh[pousr]_|github_pat|gl\w{2,4}-|xox[a-z]-|xapp-|hooks\.slack|webhookb2|k_live|k_test|whsec|npm_|pypi-|SG\.|hv[sbr]\.|atlasv1|_v1_|dapi|shp\w{2}_|dt0|NRAK|sk-|glsa_|dckr_|AccessKey=|AccountKey=|eyJ|:\/\/[^\s/]*@|Basic\s/i;

/** The kinds of secrets that a text shows by their forms, each once; never the secrets, for reports are read by many. */
export function keyFormsIn(text: string): readonly string[] {
  if (text.length < 8 || !HINTS.test(text)) return [];
  const kinds = FORMS.flatMap(({ kind, form, isReal }) => {
    for (const found of text.matchAll(form)) if (isReal?.(found) !== false) return [kind];
    return [];
  });
  return [...new Set(kinds)];
}

/** Names of hosts and of protocols are told in lower or in upper case, whatever they are. */
const TOLD: readonly Form[] = FORMS.map((one) => ({ ...one, form: new RegExp(one.form.source, 'gi') }));

/** Where the block of a private key ends. */
const END_OF_BLOCK = /-----END [A-Z0-9 ]{1,60}-----/g;

/** A text without the secrets that show themselves by their forms; `instead` stands where they were. */
export function withoutKeyForms(text: string, instead: string): string {
  if (text.length < 8 || !HINTS.test(text)) return text;
  let result = text;
  for (const { form, isReal } of TOLD) {
    let kept = 0;
    let open = '';
    for (const found of result.matchAll(form)) {
      if (found.index < kept || isReal?.(found) === false) continue;
      open += result.slice(kept, found.index) + instead;
      kept = found[0].startsWith('-----BEGIN') ? endOfBlock(result, found.index) : found.index + found[0].length;
    }
    result = open + result.slice(kept);
  }
  return result;
}

/** All that follows belongs to a key of which no end is seen. */
function endOfBlock(text: string, from: number): number {
  END_OF_BLOCK.lastIndex = from;
  const end = END_OF_BLOCK.exec(text);
  return end === null ? text.length : end.index + end[0].length;
}

/** What stands for a value that comes later: a variable of a shell, a hole of a template, a row of stars. */
export function isStandIn(text: string): boolean {
  return (
    /^(?:[$%<{]|\[\w|x{3,}$|\*+$|\.+$|-+$|_+$)/i.test(text) || /\$\{|\$\(|\{\{|<[\w -]+>|[\uE000-\uF8FF]/.test(text)
  );
}

/** The text that base64 of either alphabet stands for; null where it is none or stands for other bytes. */
function textOfBase64Url(text: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
