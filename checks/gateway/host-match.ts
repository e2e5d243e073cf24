import type { OptionValue, RuleOption } from '../../model/aws/suricata.ts';

/** What the options of a rule say of the name of the server that a client asks for. */
export type HostMatch =
  /** They say nothing of it, nor anything else of who the peer is. */
  | { readonly kind: 'none' }
  /** The name is one of these, written as domain lists do: `example.com`, `.example.com` with what is below it. */
  | { readonly kind: 'hosts'; readonly domains: readonly string[] }
  /** A name that holds the text anywhere, such as that of another's server. */
  | { readonly kind: 'loose'; readonly text: string }
  /** An option that may narrow the rule in a way that is not followed. */
  | { readonly kind: 'unclear'; readonly option: string };

/** Keywords that make the name of the server what is matched next, until another does. */
const HOST_BUFFERS = new Set(['tls.sni', 'tls_sni', 'http.host', 'http.host.raw']);

/** Older keywords that say it of the content before them. */
const HOST_MODIFIERS = new Set(['http_host', 'http_raw_host']);

/** Options that say nothing of who the peer is. */
const NEUTRAL = new Set([
  'msg',
  'sid',
  'rev',
  'gid',
  'classtype',
  'reference',
  'priority',
  'metadata',
  'target',
  'flow',
  'flags',
  'dsize',
  'ttl',
  'itype',
  'icode',
  'ip_proto',
  'app-layer-protocol',
  'ssl_state',
  'ssl_version',
  'threshold',
  'noalert',
  'bypass',
]);

/** Words beside a content that leave its meaning alone, or narrow it. */
const BESIDE_CONTENT = new Set(['nocase', 'fast_pattern', 'rawbytes', 'to_lowercase', 'depth', 'offset']);

interface Content {
  readonly value: OptionValue;
  /** Keyword of the buffer that it is matched against; null for the packet. */
  readonly buffer: string | null;
  /** The buffer has a dot before its first label. */
  readonly hasDot: boolean;
  readonly isAtStart: boolean;
  readonly isAtEnd: boolean;
}

/** The names of servers that a rule with these options is limited to. */
export function hostMatch(options: readonly RuleOption[]): HostMatch {
  const { contents, unclear } = contentsOf(options);
  const [loose, ...others] = contents.filter(isOfHost);
  const domains = [loose, ...others].flatMap((content) => (content === undefined ? [] : (domainOf(content) ?? [])));
  if (domains.length > 0) return { kind: 'hosts', domains };
  if (unclear !== null) return { kind: 'unclear', option: unclear };
  if (contents.some((content) => !isOfHost(content))) return { kind: 'unclear', option: 'content' };
  if (loose === undefined) return { kind: 'none' };
  return loose.value.isNegated || loose.value.text.includes('|')
    ? { kind: 'unclear', option: 'content' }
    : { kind: 'loose', text: loose.value.text };
}

/** Whether a rule is for packets of connections only that are not established yet. */
export function isHandshake(options: readonly RuleOption[]): boolean {
  return options.some(
    ({ name, value }) => name === 'flow' && /(^|,)\s*not_established\s*(,|$)/.test(value?.text ?? ''),
  );
}

function contentsOf(options: readonly RuleOption[]) {
  const contents: Content[] = [];
  let unclear: string | null = null;
  let buffer: string | null = null;
  let hasDot = false;
  const change = (changes: Partial<Content>) => {
    const last = contents.pop();
    if (last !== undefined) contents.push({ ...last, ...changes });
  };
  for (const { name, value } of options) {
    if (HOST_BUFFERS.has(name)) {
      buffer = name;
      hasDot = false;
    } else if (name === 'dotprefix') hasDot = true;
    else if (name === 'content' && value !== null) {
      contents.push({ value, buffer, hasDot, isAtStart: false, isAtEnd: false });
    } else if (HOST_MODIFIERS.has(name)) change({ buffer: name });
    else if (name === 'startswith') change({ isAtStart: true });
    else if (name === 'endswith') change({ isAtEnd: true });
    else if (name === 'bsize' && isSizeOf(contents.at(-1), buffer, value)) {
      change({ isAtStart: true, isAtEnd: true });
    } else if (isFlowbitOnly(name, value)) continue;
    else if (!NEUTRAL.has(name) && !BESIDE_CONTENT.has(name)) {
      // Another buffer, a transformation of this one, or a test that is not known.
      buffer = name;
      unclear ??= name;
    }
  }
  return { contents, unclear };
}

function isOfHost({ buffer }: Content): boolean {
  return buffer !== null && (HOST_BUFFERS.has(buffer) || HOST_MODIFIERS.has(buffer));
}

/** Whether a size of the buffer leaves room for the content only. */
function isSizeOf(content: Content | undefined, buffer: string | null, size: OptionValue | null): boolean {
  return content?.buffer === buffer && size?.text === String(content?.value.text.length) && !size.isNegated;
}

/** A flow bit that is set says nothing of the packet; one that is asked for does. */
function isFlowbitOnly(name: string, value: OptionValue | null): boolean {
  return name === 'flowbits' && /^(set|unset|toggle|noalert)\b/.test(value?.text ?? '');
}

function domainOf({ value, hasDot, isAtStart, isAtEnd }: Content): string | null {
  const { text, isNegated } = value;
  // Bytes are written between bars.
  if (isNegated || !isAtEnd || !/^\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(text)) return null;
  if (isAtStart) return hasDot && text.startsWith('.') ? text.slice(1) : text;
  return text.startsWith('.') ? text : null;
}

/** Whether a domain, as domain lists write it, lies within one of those registered. */
export function isWithin(domain: string, registered: readonly string[]): boolean {
  const name = canonical(domain);
  return registered.some((other) => {
    const outer = canonical(other);
    return name === outer || (outer.startsWith('.') && (name.endsWith(outer) || `.${name}` === outer));
  });
}

function canonical(domain: string): string {
  return domain.toLowerCase().replace(/\.$/, '');
}
