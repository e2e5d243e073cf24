import { sha256 } from '../../model/sha256.ts';
import { visible } from '../escape.ts';

/** Longer ids would be cut by whatever they are pasted into. */
const LONGEST = 300;

/** The id of an element for a finding: that of the finding, which stays the same from run to run. */
export function anchorOf(id: string): string {
  const short = id.length <= LONGEST ? id : `${id.slice(0, LONGEST)}~${sha256(id, 16)}`;
  // An id of HTML has no blank.
  return visible(short).replaceAll(' ', '\\u{20}');
}

export function controlAnchor(control: string): string {
  return anchorOf(`control:${control}`);
}

/** A link to an element of this page. */
export function fragmentOf(anchor: string): string {
  return `#${encodeURIComponent(anchor).replaceAll('%3A', ':').replaceAll('%2F', '/')}`;
}
