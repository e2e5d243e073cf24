import { type AddressRange, parseCidr, union } from '../aws/cidr.ts';
import { compareText } from '../text-order.ts';
import { formsOf, SHORTEST_SECRET } from './secret-forms.ts';

/** What stands in an output instead of what must not. */
export const SENSITIVE = '(sensitive)';

/** Takes from a text what tells a secret. */
export type Withhold = (text: string) => string;

/** Addresses of resources stand in every report, and are names that the code gives. */
const RESOURCE_ADDRESS = /\b(?:data\.)?aws_\w+\.[\w-]+/g;
const IPV4 = /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?!\w)/g;
const IPV6 = /(?<![\w.:])(?=[0-9a-f]*:[0-9a-f]*:)[0-9a-f:.]+(?:\/\d{1,3})?(?!\w)/gi;
const SERVICE = /(?<=\b(?:tcp|udp|type|code|protocol|ports?) )\d+(?:-\d+)?(?!\w)/g;
/** The digest of what a list of addresses leaves out could be tried against every block there is. */
const DIGEST = /(?<=\band \d+ more )\([0-9a-f]{12}\)/g;
const WORD = /\w/;
const CLIPPED = '…';

/** Keeps some texts, and what they are known by, out of others. */
export function withholding(secrets: Iterable<string>): Withhold {
  const { texts, ranges, numbers } = formsOf(secrets);
  const byStart = formsByStart(texts);
  const blocks = union(ranges);
  return (text) => {
    const services = numbers.size === 0 ? text : text.replaceAll(SERVICE, (found) => serviceOr(found, numbers));
    const open = blocks.length === 0 ? services : withoutAddresses(services, blocks);
    return byStart.size === 0 ? open : withoutTexts(open, byStart);
  };
}

/** What begins with the same few letters: how long it may be, the longest first, and all of it in order. */
interface Forms {
  readonly lengths: number[];
  readonly sorted: string[];
}

function formsByStart(texts: Iterable<string>): ReadonlyMap<string, Forms> {
  const byStart = new Map<string, Forms>();
  for (const text of texts) {
    const start = text.slice(0, SHORTEST_SECRET);
    const forms = byStart.get(start) ?? { lengths: [], sorted: [] };
    if (!forms.lengths.includes(text.length)) forms.lengths.push(text.length);
    forms.sorted.push(text);
    byStart.set(start, forms);
  }
  for (const { lengths, sorted } of byStart.values()) {
    lengths.sort((left, right) => right - left);
    sorted.sort(compareText);
  }
  return byStart;
}

/** A port next to a secret one tells where a range ends. */
function serviceOr(found: string, numbers: ReadonlySet<number>): string {
  const isSecret = found.split('-').some((end) => [-1, 0, 1].some((step) => numbers.has(Number(end) + step)));
  return isSecret ? SENSITIVE : found;
}

function withoutAddresses(text: string, blocks: readonly AddressRange[]): string {
  const kept = (found: string): string => {
    const range = parseCidr(found) ?? parseCidr(`${found}/${found.includes(':') ? 128 : 32}`);
    return range !== null && isWithin(range, blocks) ? SENSITIVE : found;
  };
  return text.replaceAll(IPV4, kept).replaceAll(IPV6, kept).replaceAll(DIGEST, SENSITIVE);
}

function isWithin({ family, first, last }: AddressRange, blocks: readonly AddressRange[]): boolean {
  let from = 0;
  let to = blocks.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const block = blocks[middle];
    if (block === undefined) return false;
    if (block.family === family && block.first <= first && last <= block.last) return true;
    const isAfter = block.family < family || (block.family === family && block.last < first);
    if (isAfter) from = middle + 1;
    else to = middle;
  }
  return false;
}

function withoutTexts(text: string, byStart: ReadonlyMap<string, Forms>): string {
  const names = Array.from(text.matchAll(RESOURCE_ADDRESS), ({ index, 0: name }) => ({
    index,
    end: index + name.length,
  }));
  let result = '';
  let kept = 0;
  let name = 0;
  for (let at = 0; at + SHORTEST_SECRET <= text.length;) {
    while (name < names.length && (names[name]?.end ?? 0) <= at) name++;
    const inName = names[name];
    if (inName !== undefined && inName.index <= at) {
      at = inName.end;
      continue;
    }
    const forms = byStart.get(text.slice(at, at + SHORTEST_SECRET));
    const end = forms === undefined ? null : endOfSecret(text, at, forms);
    if (end === null) {
      at++;
      continue;
    }
    result += text.slice(kept, at) + SENSITIVE;
    kept = at = end;
  }
  return result + text.slice(kept);
}

/** Where the longest secret ends that begins here; of one that was cut short, where it was cut. */
function endOfSecret(text: string, at: number, { lengths, sorted }: Forms): number | null {
  for (const length of lengths) {
    const end = at + length;
    if (end > text.length || !holds(sorted, text.slice(at, end), true)) continue;
    if (!isInWord(text, at) && !isInWord(text, end)) return end;
  }
  const cut = text.indexOf(CLIPPED, at);
  return cut !== -1 && cut - at < (lengths[0] ?? 0) && holds(sorted, text.slice(at, cut), false) ? cut : null;
}

/** Whether one of the texts is another, or begins with it. */
function holds(sorted: readonly string[], wanted: string, isWhole: boolean): boolean {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compareText(sorted[middle] ?? '', wanted) < 0) from = middle + 1;
    else to = middle;
  }
  const found = sorted[from];
  return found !== undefined && (isWhole ? found === wanted : found.startsWith(wanted));
}

function isInWord(text: string, boundary: number): boolean {
  return WORD.test(text.charAt(boundary - 1)) && WORD.test(text.charAt(boundary));
}
