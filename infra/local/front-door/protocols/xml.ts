/** Writes a value as AWS's Query and REST-XML protocols do: lists as `<member>`, dates as ISO 8601, absent values left out. */
export function xmlElement(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  return `<${name}>${xmlContent(value)}</${name}>`;
}

function xmlContent(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => xmlElement('member', item)).join('');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, item]) => xmlElement(key, item))
      .join('');
  }
  return escapeXml(String(value));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Also leaves out the control characters that XML 1.0 cannot carry. */
export function escapeXml(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  const carried = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
  return carried.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
