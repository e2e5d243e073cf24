import { describe, expect, it } from 'vitest';
import { IN_TOTO_PAYLOAD_TYPE, keyIdOf, openEnvelope, preAuthEncoding, signEnvelope } from '../../cli/dsse.ts';
import { OTHER_KEY, SEAL_KEY } from '../support/seals.ts';

const HELLO = Buffer.from('hello world');

describe('what is signed', () => {
  it('is the vector of the specification', () => {
    expect(preAuthEncoding('http://example.com/HelloWorld', HELLO).toString()).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    );
  });

  it('counts bytes, not characters', () => {
    expect(preAuthEncoding('é', Buffer.from('€')).toString()).toBe('DSSEv1 2 é 3 €');
  });

  it('keeps type and payload apart', () => {
    expect(preAuthEncoding('a b', Buffer.from('c'))).not.toEqual(preAuthEncoding('a', Buffer.from('b c')));
    expect(preAuthEncoding('', Buffer.from('')).toString()).toBe('DSSEv1 0  0 ');
  });
});

describe('an envelope', () => {
  it('has the same bytes each time', () => {
    const text = signEnvelope('http://example.com/HelloWorld', HELLO, SEAL_KEY.privateKey);
    expect(text).toBe(signEnvelope('http://example.com/HelloWorld', HELLO, SEAL_KEY.privateKey));
    expect(JSON.parse(text)).toEqual({
      payloadType: 'http://example.com/HelloWorld',
      payload: 'aGVsbG8gd29ybGQ=',
      signatures: [{ keyid: keyIdOf(SEAL_KEY.publicKey), sig: expect.stringMatching(/^[A-Za-z0-9+/]{86}==$/) }],
    });
    expect(keyIdOf(SEAL_KEY.publicKey)).toMatch(/^[\da-f]{64}$/);
  });

  it('opens with its key and its type alone', () => {
    const bytes = Buffer.from(signEnvelope(IN_TOTO_PAYLOAD_TYPE, HELLO, SEAL_KEY.privateKey));
    expect(openEnvelope(bytes, IN_TOTO_PAYLOAD_TYPE, SEAL_KEY.publicKey).toString()).toBe('hello world');
    expect(() => openEnvelope(bytes, 'text/plain', SEAL_KEY.publicKey)).toThrow(
      'signed "application/vnd.in-toto+json"',
    );
    expect(() => openEnvelope(bytes, IN_TOTO_PAYLOAD_TYPE, OTHER_KEY.publicKey)).toThrow('another key signed it');
  });
});
