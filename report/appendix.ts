import type { Coverage } from '../checks/coverage.ts';
import type { Policy } from '../policy/policy.ts';
import type { GraphWay } from './graph/network-graph.ts';

/** What is known of an estate beside its report. Only formats for people who were not there ask for it. */
export interface Appendix {
  /** SHA-256 of the code that judged; null where it ran from its sources. */
  readonly toolSha256: string | null;
  readonly policy: Policy;
  /** What was looked at; null where only a part of the results was asked for. */
  readonly coverage: Coverage | null;
  /** The network: the whole of it, then each site. */
  readonly network: readonly Drawing[];
  /** Where data rests and travels, by country. */
  readonly flows: Drawing;
}

/** A picture as it is put into a document, or what to say in its place. */
export interface Drawing {
  readonly title: string;
  readonly picture: DrawnPicture | null;
  /** Why there is no picture; null where there is one. */
  readonly reason: string | null;
  /** Ways of packets that are drawn, for those who cannot see them. */
  readonly ways: readonly Pick<GraphWay, 'kind' | 'name' | 'from' | 'to' | 'packet'>[];
}

export interface DrawnPicture {
  /** A whole SVG document, which names nothing outside itself. */
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** The picture in words. */
  readonly description: string;
}
