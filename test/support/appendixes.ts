import type { Appendix, Drawing } from '../../report/appendix.ts';
import { flowsDrawing, networkDrawing } from '../../report/drawing.ts';
import { reportOf as flowReportOf, hostileReport as hostileFlows } from './flow-reports.ts';
import { hostilePicture, pictureOf } from './pictures.ts';
import { ledgerPolicy } from './policy.ts';

/** The appendix of an estate of which nothing is drawn but titles. */
export function appendixOf(parts: Partial<Appendix> = {}): Appendix {
  return {
    toolSha256: 'e'.repeat(64),
    policy: ledgerPolicy(),
    coverage: null,
    network: [networkDrawing(pictureOf())],
    flows: flowsDrawing(flowReportOf()),
    ...parts,
  };
}

/** An appendix in which every text of the input is one of a hostile input. */
export function hostileAppendix(text: string): Appendix {
  const policy = ledgerPolicy();
  const ways: Drawing['ways'] = [{ kind: 'fail', name: text, from: text, to: text, packet: text }];
  const counts = { inspected: 0, general: 0, inert: 0, vouched: 0, uninspected: 0, unproven: 1 };
  return appendixOf({
    policy: {
      ...policy,
      description: text,
      sites: policy.sites.map((site) => ({ ...site, name: text, region: text, zoneIds: [text], outposts: [text] })),
      evidence: [
        {
          id: text,
          kind: 'appliance',
          subject: text,
          states: text,
          issuer: text,
          issued: text,
          expires: text,
          document: text,
        },
      ],
    },
    coverage: {
      resources: 1,
      types: 1,
      counts,
      stacks: [{ stack: text, resources: 1, counts }],
      byType: [
        {
          type: text,
          resources: 1,
          classes: null,
          reason: text,
          from: null,
          suggestion: text,
          counts,
          controls: [{ control: text, isOfTypes: true, resources: 1 }],
          readBy: [text],
        },
      ],
      unproven: [{ stack: text, address: text, type: text, message: text }],
      difference: 0,
    },
    network: [networkDrawing(hostilePicture(text)), { title: text, picture: null, reason: text, ways }],
    flows: flowsDrawing(hostileFlows(text)),
  });
}
