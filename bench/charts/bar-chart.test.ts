import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { barChart, rounded } from './bar-chart.ts';

const groups = [
  { label: '1 connection', bars: [{ label: 'Ours & <theirs>', value: 50 }] },
  {
    label: '16 connections',
    bars: [
      { label: 'Other', value: 25 },
      { label: 'Ours & <theirs>', value: 100 },
    ],
  },
];

interface Rectangle {
  readonly width: string;
  readonly fill: string;
}

const draw = (drawn: Parameters<typeof barChart>[0]['groups']) =>
  barChart({ title: 'Requests', unit: '/s', groups: drawn });
const bars = (svg: string): Rectangle[] => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    isArray: (name) => name === 'rect',
  });
  const { svg: root } = parser.parse(svg) as { svg: { rect?: Rectangle[] } };
  return root.rect ?? [];
};

describe('a bar chart', () => {
  it('is well-formed, whatever the labels hold, and says what it is', () => {
    const svg = draw(groups);
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(svg).toContain('Ours &amp; &lt;theirs&gt;');
    expect(svg).toContain('<title>Requests</title>');
    expect(svg).toContain('100 /s');
    expect(svg).toContain('prefers-color-scheme:dark');
  });

  it('has bars as long as their values, with one colour a label', () => {
    const [first, second, third] = bars(draw(groups));
    expect(Number(third?.width)).toBeCloseTo(2 * Number(first?.width), 0);
    expect(Number(first?.width)).toBeCloseTo(2 * Number(second?.width), 0);
    expect(first?.fill).toBe(third?.fill);
    expect(first?.fill).not.toBe(second?.fill);
  });

  it('can be drawn of nothing', () => {
    expect(XMLValidator.validate(draw([]))).toBe(true);
    expect(bars(draw([{ label: 'none', bars: [{ label: 'zero', value: 0 }] }]))[0]?.width).toBe('0.0');
  });
});

it('figures have three digits that count', () => {
  expect([1234.5, 56.78, 0.08912, 0].map(rounded)).toEqual(['1,235', '56.8', '0.0891', '0']);
  expect([null, Number.NaN, Infinity].map(rounded)).toEqual(['–', '–', '–']);
});
