/** A piece of SVG: whole elements, escaped. */
export type Svg = string;

type Attributes = Readonly<Record<string, string | number>>;

export function element(name: string, attributes: Attributes, content: readonly Svg[] | string = []): Svg {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(String(value))}"`);
  const inner = typeof content === 'string' ? escape(content) : content.join('');
  return inner === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${inner}</${name}>`;
}

export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Colours that can be told apart on white and on black, also by most who see few colours. */
export const seriesColours = ['#2f6fde', '#e07b39', '#2a9d6f', '#b0558f', '#8a7a2e', '#6b7280', '#c0392b', '#3aa6b9'];

/** Text and lines follow the reader's light or dark scheme; nothing is painted behind them. */
const style = `text{font:13px system-ui,sans-serif;fill:#1f2328}.soft{fill:#57606a}.title{font-weight:600;font-size:15px}
line{stroke:#8c959f;stroke-width:1}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.soft{fill:#9da7b1}}`;

/** A whole picture; `title` is what those hear who cannot see it. */
export function picture(
  title: string,
  { width, height }: { width: number; height: number },
  content: readonly Svg[],
): Svg {
  const frame = { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' };
  return `${element('svg', frame, [element('title', {}, title), `<style>${style}</style>`, ...content])}\n`;
}
