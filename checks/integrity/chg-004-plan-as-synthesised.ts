import type { Estate, Stack } from '../../model/estate.ts';
import type { Resource } from '../../model/resource.ts';
import { display, isHidden, type Value } from '../../model/value.ts';
import { type Context, defineCheck } from '../check.ts';
import { sameConstant } from './same-constant.ts';

/** Arguments to which the provider adds what follows from others, by type. */
const COMPLETED = new Map([['aws_acm_certificate', 'subject_alternative_names']]);

export default defineCheck({
  id: 'CHG-004',
  why: 'Between the judgement of the synthesised stacks and the plan anybody may change a file. A plan of something else was never reviewed.',
  fix: 'Synthesise, plan and judge in one run from one commit, and change no file in between.',
  references: [
    'https://developer.hashicorp.com/terraform/internals/json-format',
    'https://cwe.mitre.org/data/definitions/367.html',
  ],
  resourceTypes: [],
  messages: {
    notPlanned: 'is synthesised, and the plan of its stack does not have it',
    notSynthesised: 'is planned, and its stack was synthesised without it',
    differs: ({ argument, written, planned }: { argument: string; written: string; planned: string }) =>
      `is planned with ${argument} = ${planned}, and was synthesised with ${written}`,
  },

  subjects({ estate }: Context) {
    return estate.stacks.flatMap(({ resources, synthesised }) => {
      if (synthesised === undefined) return [];
      const planned = new Set(resources.map(({ address }) => address));
      const missing = synthesised.resources.filter(({ address, init }) => !init.isSymbolic && !planned.has(address));
      return [...resources.filter(isConfigured), ...missing].map(
        (resource) => ({ kind: 'resource', resource }) as const,
      );
    });
  },

  inspect({ resource }, { estate, pass, fail, unproven, all }) {
    const { synthesised } = stackOf(estate, resource);
    if (synthesised === undefined) return pass();
    if (estate.find(resource.init.id) === null) return fail({}, 'notPlanned');
    const twin = twinOf(synthesised, resource);
    if (resource.init.isSymbolic) return unproven('stands for resources that the plan does not show');
    if (twin === null) return isOfModule(synthesised, resource) ? pass() : fail({}, 'notSynthesised');
    const { ignoreChanges } = twin.init.lifecycle;
    const names = ignoreChanges.includes('all')
      ? []
      : twin.init.body.names.filter((name) => !ignoreChanges.includes(name) && COMPLETED.get(twin.type) !== name);
    return all(
      names.map((name) => {
        const written = twin.attribute(name);
        const planned = resource.attribute(name);
        switch (sameConstant(written, planned)) {
          case 'same':
            return pass();
          case 'unknown':
            return isHidden(planned) ? unproven(planned) : unproven(`has an unknown part of ${name} in the plan`);
          case 'different':
            return isLeft(resource, name, planned)
              ? unproven(
                  `keeps ${name} = ${display(planned)} in the plan, and was synthesised with ${display(written)}`,
                )
              : fail({ path: [name], value: planned }, 'differs', {
                  argument: name,
                  written: display(written),
                  planned: planned.kind === 'null' ? 'nothing' : display(planned),
                });
        }
      }),
    );
  },

  examples: {
    compliant: [
      {
        plan: {
          before: { west: {} },
          synthesised: { west: { resource: { aws_sqs_queue: { receipts: { delay_seconds: '5' } } } } },
        },
        stacks: { west: { resource: { aws_sqs_queue: { receipts: { delay_seconds: 5 } } } } },
      },
    ],
    violating: [
      {
        plan: { before: { west: {} }, synthesised: { west: { resource: { aws_sqs_queue: { receipts: {} } } } } },
        stacks: { west: { resource: { aws_sqs_queue: { receipts: {} }, aws_ebs_volume: { copy: {} } } } },
      },
    ],
  },
});

/** What the plan forgets is there, and configured no more. */
function isConfigured({ init }: Resource): boolean {
  return init.change === null || !init.change.actions.includes('forget');
}

function stackOf(estate: Estate, { stack }: Resource): Partial<Stack> {
  return estate.stacks.find(({ name }) => name === stack) ?? {};
}

/** The resources of a synthesised stack by address, and blocks with an unknown number of instances by type and name. */
interface Twins {
  readonly byAddress: ReadonlyMap<string, Resource>;
  readonly symbolic: ReadonlyMap<string, Resource>;
}

const TWINS = new WeakMap<Stack, Twins>();

/** The same resource as it was synthesised, or the block of which only the plan knows the instances. */
function twinOf(stack: Stack, { address, type, init }: Resource): Resource | null {
  const known = TWINS.get(stack) ?? twinsIn(stack);
  TWINS.set(stack, known);
  return known.byAddress.get(address) ?? known.symbolic.get(`${type}.${init.name}`) ?? null;
}

function twinsIn({ resources }: Stack): Twins {
  const symbolic = resources.filter(({ init }) => init.isSymbolic);
  return {
    byAddress: new Map(resources.map((resource) => [resource.address, resource])),
    symbolic: new Map(symbolic.map((resource) => [`${resource.type}.${resource.init.name}`, resource])),
  };
}

/** Whether a module makes it that the synthesised stack calls: nothing of what is in there was synthesised. */
function isOfModule({ modules }: Stack, { address }: Resource): boolean {
  const [, called] = /^module\.([^.[]+)/.exec(address) ?? [];
  return modules.some(({ name }) => name === called);
}

/** Whether a plan leaves an argument as it was: providers overlook differences that mean nothing to them. */
function isLeft({ init: { change } }: Resource, name: string, planned: Value): boolean {
  const before = change?.before?.value(name);
  return before !== undefined && before.kind !== 'null' && sameConstant(before, planned) === 'same';
}
