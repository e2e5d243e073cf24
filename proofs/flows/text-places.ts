import { parseArn, parseS3Arn } from '../../model/aws/arn.ts';
import { REGIONS, zoneCountry } from '../../model/aws/jurisdictions.ts';
import { endOfArn, endOfBucket } from './ends.ts';
import type { FlowEnd } from './flow.ts';
import { bucketOfUri, endOfHost, hostOf, MULTI_REGION } from './hosts.ts';
import { endOfModel } from './models.ts';

/** A part of a text that names a place by its form alone. */
export interface TextPlace {
  readonly text: string;
  readonly end: FlowEnd;
  /** Whether it is all of the text, and not a mention in a longer one. */
  readonly isWhole: boolean;
}

/** What every place has in it: asked of each text of an estate before any is taken apart. */
const SIGN =
  /[A-Za-z]-\d(?!\d)|\d-az\d|:\/\/|arn:[a-z-]+:(?:s3::[:\d]|[a-z0-9-]+:[a-z])|amazonaws|\.aws\b|^[a-z-]+\.[a-z0-9]+\./;

/** Characters that no name of a place has, so that they end one. */
const TOKEN = /[^\s"'`,;()<>[\]{}|\\=]+/g;

/** A longer text is a script or a document: a Region in it counts where it is set as one. */
const SETS_REGION = /region["']?(?:\s*[=:]\s*|\s+)["']?$/i;

/** The longest name of a place; text past it is data. */
const LONGEST = 2048;

/** Who makes models: `us.anthropic.claude...` is a profile, `us.example.com` a host. */
const PROFILE =
  /^(?:global|us-gov|us|eu|apac|au|jp|ca)\.(?:ai21|amazon|anthropic|cohere|deepseek|luma|meta|mistral|openai|qwen|stability|twelvelabs|writer)\.[a-z0-9][a-z0-9.:-]*$/;

const HOST = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z]{2,}(?::\d{1,5})?(?:\/.*)?$/i;

/** Endpoint services are named backwards: `com.amazonaws.eu-west-1.s3`. */
const SERVICE = /^(?:com|eu|cn\.com)\.amazonaws\.(?:vpce\.)?([a-z0-9-]+)\.[a-z0-9.-]+$/;

const ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?$/;

/** Hosts in the names of vocabularies, which are compared and not called. */
const VOCABULARIES = new Set(['json-schema.org', 'www.w3.org', 'schemas.xmlsoap.org', 'schemas.microsoft.com']);

const NONE: readonly TextPlace[] = [];

/** In JSON: a setting that takes a host, which has none of the signs. */
const SETS_HOST = /(?:host|hostname|site|server|address|broker|endpoint|url)s?"\s*:/i;

/** Whether a document may name a place: cheap, and true for more than do. */
export function mayNamePlace(text: string): boolean {
  return SIGN.test(text) || SETS_HOST.test(text);
}

/** The end of a name that stands alone in a setting which takes a host; null for what is no name of a public host. */
export function hostNamed(text: string): FlowEnd | null {
  const name = text.trim();
  if (name.length > LONGEST || !(HOST.test(name) || ADDRESS.test(name))) return null;
  const host = hostOf(name);
  if (host === null || VOCABULARIES.has(host)) return null;
  const end = endOfHost(host);
  return end.kind === 'host' ? end : null;
}

/** Every place that a text names, each once, in its order. Never guesses: `us-east-1-backup` names none. */
export function placesIn(text: string): readonly TextPlace[] {
  if (!SIGN.test(text)) return NONE;
  const whole = text.length > LONGEST ? null : placeNamed(text.trim());
  if (whole !== null) return [{ text: text.trim(), end: whole, isWhole: true }];
  // Names of hosts are, so that SDKs take a Region in capitals for the same.
  const lower = text.trim().toLowerCase();
  if (REGIONS.has(lower)) return [{ text: text.trim(), end: regionEnd(lower), isWhole: false }];
  const isList = text.length <= LONGEST && isListOfRegions(text);
  const found = new Map<string, TextPlace>();
  for (const { 0: match, index } of text.matchAll(TOKEN)) {
    if (match.length > LONGEST || !SIGN.test(match)) continue;
    const token = match.replace(/[.:!?]+$/, '');
    const bare = REGIONS.has(token);
    if (bare && !isList && !SETS_REGION.test(text.slice(Math.max(0, index - 24), index))) continue;
    const end = bare ? regionEnd(token) : isAddress(token) ? placeNamed(token) : null;
    if (end !== null && !found.has(token)) found.set(token, { text: token, end, isWhole: false });
  }
  return [...found.values()];
}

/** `eu-west-1,us-east-1`, as settings write several. */
function isListOfRegions(text: string): boolean {
  const names = text.split(/[\s,;|]+/).filter((name) => name !== '');
  return names.length > 1 && names.every((name) => REGIONS.has(name));
}

/** What is clear also in the midst of a text; zones and profiles look too much like words. */
function isAddress(token: string): boolean {
  return token.startsWith('arn:') || token.includes('://') || token.includes('.amazonaws.') || token.endsWith('.aws');
}

/** The place that a whole text is the name of; null for any other text. */
function placeNamed(text: string): FlowEnd | null {
  if (text.startsWith('arn:')) return endOfNamedArn(text);
  if (REGIONS.has(text)) return regionEnd(text);
  if (text.includes('://')) return endOfUrl(text);
  if (PROFILE.test(text)) return endOfModel(text);
  const service = SERVICE.exec(text)?.[1];
  if (service !== undefined) return REGIONS.has(service) ? regionEnd(service) : null;
  if (HOST.test(text)) return endOfName(text);
  return zoneCountry(text).kind === 'known' ? { kind: 'zone', zone: text } : null;
}

function regionEnd(region: string): FlowEnd {
  return { kind: 'region', region, account: null };
}

function endOfNamedArn(text: string): FlowEnd | null {
  const arn = parseArn(text);
  if (arn === null) return null;
  if (arn.service === 'bedrock' && arn.resource.includes('inference-profile/')) {
    const model = endOfModel(text);
    if (model !== null) return model;
  }
  const s3 = parseS3Arn(text);
  if (s3?.kind === 'bucket' && arn.region === '') return endOfBucket(text);
  if (/^accesspoint\/[^/]+\.mrap(?:\/|$)/.test(arn.resource)) return { kind: 'unknown', because: MULTI_REGION };
  return arn.region === '' ? null : endOfArn(text);
}

function endOfUrl(text: string): FlowEnd | null {
  if (!/^(?:jdbc:)?[a-z][a-z0-9+.:-]*:\/\/[^\s]+$/i.test(text)) return null;
  const bucket = bucketOfUri(text);
  if (bucket !== null) return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) ? endOfBucket(bucket) : null;
  const host = hostOf(text);
  if (host === null || !(HOST.test(host) || ADDRESS.test(host)) || VOCABULARIES.has(host)) return null;
  return endOfHost(host);
}

/** A bare name counts only as one of AWS with a Region in it: `logs.amazonaws.com` is a principal. */
function endOfName(text: string): FlowEnd | null {
  const host = hostOf(text);
  if (host === null) return null;
  const end = endOfHost(host);
  const isPlaced = end.kind === 'region' || end.kind === 'bucket' || end.kind === 'world';
  return isPlaced || (end.kind === 'unknown' && end.because === MULTI_REGION) ? end : null;
}
