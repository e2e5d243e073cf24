import { strict as assert } from 'node:assert';
import { describe, it } from 'vitest';
import { tagOf, tagText } from '../../model/tags.ts';
import { describeHidden, display, isHidden, type Value } from '../../model/value.ts';
import { estateOf } from '../../checks/example-estate.ts';

const KEY = 'ledger:tier';

interface Given {
  readonly subnet: object;
  readonly provider?: object;
}

function resourceOf({ subnet, provider }: Given) {
  const stack = {
    ...(provider === undefined ? {} : { provider: { aws: [{ region: 'eu-west-1', ...provider }] } }),
    variable: { tags: { type: 'map(string)' }, tier: {} },
    resource: { aws_subnet: { ledger: subnet } },
  };
  const [resource] = estateOf({ stacks: { west: stack } }).resources;
  assert.ok(resource);
  return resource;
}

function tag(given: Given): Value {
  return tagOf(resourceOf(given), KEY);
}

describe('tagOf', () => {
  it('reads the tag of the resource', () => {
    assert.equal(display(tag({ subnet: { tags: { [KEY]: 'data' } } })), '"data"');
  });

  it('reads the default tag of the provider, as block or list of blocks', () => {
    const tags = { [KEY]: 'data' };
    assert.equal(display(tag({ subnet: {}, provider: { default_tags: [{ tags }] } })), '"data"');
    assert.equal(display(tag({ subnet: { tags: { Name: 'a' } }, provider: { default_tags: { tags } } })), '"data"');
  });

  it('prefers the tag of the resource to that of the provider', () => {
    const provider = { default_tags: [{ tags: { [KEY]: 'data' } }] };
    assert.equal(display(tag({ subnet: { tags: { [KEY]: 'gateway' } }, provider })), '"gateway"');
  });

  it('is null where nobody sets it', () => {
    assert.equal(tag({ subnet: { tags: { Name: 'a' } } }).kind, 'null');
    assert.equal(tag({ subnet: {}, provider: { default_tags: [{ tags: { Name: 'a' } }] } }).kind, 'null');
  });

  it('keeps what is hidden hidden', () => {
    const hidden = [
      tag({ subnet: { tags: '${var.tags}' }, provider: { default_tags: [{ tags: { [KEY]: 'data' } }] } }),
      tag({ subnet: { tags: { [KEY]: '${var.tier}' } } }),
      tag({ subnet: {}, provider: { default_tags: [{ tags: '${var.tags}' }] } }),
      tag({ subnet: {}, provider: { default_tags: '${var.tags}' } }),
    ];
    assert.deepEqual(
      hidden.map((value) => isHidden(value) && describeHidden(value)),
      ['var.tags', 'var.tier', 'var.tags', 'var.tags'],
    );
  });

  it('trusts no tag that the provider leaves alone', () => {
    const subnet = { tags: { [KEY]: 'data' } };
    assert.equal(tag({ subnet, provider: { ignore_tags: [{ keys: [KEY] }] } }).kind, 'unknown');
    assert.equal(tag({ subnet, provider: { ignore_tags: [{ key_prefixes: ['ledger:'] }] } }).kind, 'unknown');
    assert.equal(tag({ subnet, provider: { ignore_tags: [{ keys: '${var.tags}' }] } }).kind, 'unknown');
    assert.equal(display(tag({ subnet, provider: { ignore_tags: [{ keys: ['other'] }] } })), '"data"');
  });

  it('does not say what a null tag becomes', () => {
    const provider = { default_tags: [{ tags: { [KEY]: 'data' } }] };
    assert.equal(tag({ subnet: { tags: { [KEY]: null } }, provider }).kind, 'unknown');
  });

  it('takes __proto__ for a name like any other', () => {
    const tags: unknown = JSON.parse('{"__proto__": "data"}');
    assert.equal(display(tagOf(resourceOf({ subnet: { tags } }), '__proto__')), '"data"');
    assert.equal(tagOf(resourceOf({ subnet: {} }), 'constructor').kind, 'null');
  });
});

describe('tagText', () => {
  it('takes an empty tag for none', () => {
    assert.equal(tagText(resourceOf({ subnet: { tags: { [KEY]: '' } } }), KEY), null);
  });
});
