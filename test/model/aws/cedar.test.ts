import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { parseCedar, requiresContext } from '../../../model/aws/cedar.ts';

const PERSON = new Set(['person', 'people']);

function answer(text: string): string {
  const statements = parseCedar(text);
  return statements === null ? 'unread' : requiresContext(statements, PERSON);
}

const permit = (condition: string) => `permit(principal, action, resource) when { ${condition} };`;

describe('requiresContext', () => {
  it.each([
    [permit('context.person.groups has "a"'), 'yes'],
    [permit('context["people"].name == "a"'), 'yes'],
    [permit('context.device.ok && context.person.ok'), 'yes'],
    [permit('(context.person.a || context.people.b) && context.device.ok'), 'yes'],
    [permit('((context.person.ok))'), 'yes'],
    [`@id("a") ${permit('context.person.email like "*@enclave.example"')} // all`, 'yes'],
    [`${permit('context.person.a')} ${permit('context.person.b')}`, 'yes'],
    ['permit(principal, action, resource) when { context.device.ok } when { context.person.ok };', 'yes'],
    ['permit(principal, action, resource); forbid(principal, action, resource) unless { context.person.ok };', 'yes'],
    // Nobody is let in.
    ['forbid(principal, action, resource);', 'yes'],
    ['', 'yes'],

    ['permit(principal, action, resource);', 'no'],
    [permit('true'), 'no'],
    [permit('context.device.person'), 'no'],
    [permit('context.person.ok || context.device.ok'), 'no'],
    [permit('context.person.ok || true'), 'no'],
    [`${permit('context.person.a')} permit(principal, action, resource);`, 'no'],
    [permit('"context.person" == "context.person"'), 'no'],
    [permit('true // && context.person.ok\n'), 'no'],
    ['permit(principal, action, resource); forbid(principal, action, resource) when { context.device.bad };', 'no'],

    [permit('!(context.person.bad)'), 'unclear'],
    [permit('if context.person.ok then true else true'), 'unclear'],
    [permit('[context.person.ok || true].contains(true)'), 'unclear'],
    ['permit(principal, action, resource) unless { context.person.bad };', 'unclear'],
    [
      'permit(principal, action, resource); forbid(principal, action, resource) when { context.person.bad };',
      'unclear',
    ],
    [
      'permit(principal, action, resource); forbid(principal, action, resource) when { true } unless { context.person.ok };',
      'unclear',
    ],
    [permit(`${'('.repeat(60)}context.person.ok${')'.repeat(60)}`), 'unclear'],

    ['permit(principal, action, resource)', 'unread'],
    ['permit(principal, action, resource) when { context.person.ok }', 'unread'],
    ['permit(principal, action, resource) if { context.person.ok };', 'unread'],
    ['allow(principal, action, resource);', 'unread'],
    [permit('context.person == "'), 'unread'],
    [permit('(context.person]'), 'unread'],
    ['@id permit(principal, action, resource);', 'unread'],
  ])('%s: %s', (text, expected) => {
    assert.equal(answer(text), expected);
  });

  it('throws on no text', () => {
    const piece = fc.constantFrom(
      'permit',
      '(',
      ')',
      'when',
      'unless',
      '{',
      '}',
      ';',
      'context',
      '.',
      'person',
      '||',
      '&&',
      '!',
      '"',
      '@',
      ' ',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (value) => assert.ok(['yes', 'no', 'unclear', 'unread'].includes(answer(value)))),
      { numRuns: 2000 },
    );
  });

  it('takes time in proportion to the length', () => {
    for (const unit of [' ', '"\\', '//', '(', 'context.person && ', '{', '&&', '\n//']) {
      const start = performance.now();
      answer(permit(unit.repeat(50_000)));
      assert.ok(performance.now() - start < 2000, `slow on ${JSON.stringify(unit)}`);
    }
  });
});
