import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip, columns, pad, wrap } from '../../../report/text/columns.ts';

describe('columns', () => {
  it.each([
    ['plain', 5],
    ['Tromsø', 6],
    ['東京', 4],
    ['e\u0301', 1],
    ['\u{1f600}', 2],
    ['', 0],
  ])('counts %j as %i', (text, count) => {
    expect(columns(text)).toBe(count);
  });
});

describe('clip', () => {
  it('keeps what fits and shows that something is missing', () => {
    expect(clip('Ireland-2', 9, '…')).toBe('Ireland-2');
    expect(clip('Ireland-2', 8, '…')).toBe('Ireland…');
    expect(clip('東京都', 5, '...')).toBe('東...');
  });
});

describe('wrap', () => {
  it('breaks between words and keeps a long one whole', () => {
    expect(wrap('a key of aws_s3_bucket.records here', 10)).toEqual(['a key of', 'aws_s3_bucket.records', 'here']);
    expect(wrap('', 10)).toEqual(['']);
  });

  it('loses nothing, and no line with several words is too long', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 30 }), (text, room) => {
        const lines = wrap(text, room);
        expect(lines.join(' ').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of lines) expect(columns(line) <= room || !line.trim().includes(' ')).toBe(true);
      }),
    );
  });
});

it('pads by columns', () => {
  expect(pad('東', 4)).toBe('東  ');
  expect(pad('long', 2)).toBe('long');
});
