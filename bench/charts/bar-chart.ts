import { element, picture, seriesColours, type Svg } from './svg.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
}

export interface Bars {
  readonly title: string;
  /** Behind each value: `ms`, `a second`. */
  readonly unit: string;
  readonly groups: readonly { readonly label: string; readonly bars: readonly Bar[] }[];
}

const width = 760;
const left = 280;
const room = width - left - 120;
const [barHeight, gap, heading] = [16, 6, 30];

/** Bars from left to right, in groups one below the other; a label has the same colour in all groups. */
export function barChart({ title, unit, groups }: Bars): Svg {
  const most = Math.max(0, ...groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const labels = [...new Set(groups.flatMap(({ bars }) => bars.map(({ label }) => label)))];
  const content: Svg[] = [element('text', { x: 10, y: 22, class: 'title' }, title)];
  let y = 38;
  for (const { label, bars } of groups) {
    content.push(element('text', { x: 10, y: y + 16, class: 'soft' }, label));
    y += heading - gap;
    const from = y;
    for (const bar of bars) {
      const length = most > 0 ? (bar.value / most) * room : 0;
      const fill = seriesColours[labels.indexOf(bar.label) % seriesColours.length] ?? 'gray';
      const middle = y + barHeight - 4;
      content.push(
        element('text', { x: left - 8, y: middle, 'text-anchor': 'end' }, bar.label),
        element('rect', { x: left, y, width: length.toFixed(1), height: barHeight, rx: 2, fill }),
        element('text', { x: (left + length + 6).toFixed(1), y: middle }, `${rounded(bar.value)} ${unit}`),
      );
      y += barHeight + gap;
    }
    content.push(element('line', { x1: left, y1: from - 3, x2: left, y2: y - 3 }));
    y += gap;
  }
  return picture(title, { width, height: y + 6 }, content);
}

/** Three digits that count: `1,234`, `56.7`, `0.089`; a dash for what is no number. */
export function rounded(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value === 0 ? '0' : String(Number(value.toPrecision(3)));
}
