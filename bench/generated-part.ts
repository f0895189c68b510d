/** Parts of a page of docs that a program writes: between `<!-- NAME: made by … -->` and `<!-- /NAME -->`. */

const ends = (page: string, name: string): readonly [start: number, end: number] => {
  const opening = page.indexOf(`<!-- ${name}: `);
  const start = page.indexOf('-->', opening) + '-->'.length;
  const end = page.indexOf(`<!-- /${name} -->`);
  if (opening < 0 || end < start)
    throw new Error(`The page has no part between <!-- ${name}: … --> and <!-- /${name} -->`);
  return [start, end];
};

export function generatedPart(page: string, name: string): string {
  return page.slice(...ends(page, name)).trim();
}

export function withGeneratedPart(page: string, name: string, text: string): string {
  const [start, end] = ends(page, name);
  return `${page.slice(0, start)}\n\n${text}\n\n${page.slice(end)}`;
}

/** The cells of a Markdown table whatever its columns' widths, and other lines as they are. */
export function tableCells(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.replace(/-{3,}/g, '---').replace(/ +/g, ' ').trim());
}
