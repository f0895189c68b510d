import { templateError } from './intrinsics.ts';

/** `${Name}`, `${Resource.Attribute}`, and `${!Literal}`, which stands for itself. */
const placeholder = /\$\{(!?)([^}]*)\}/g;

/**
 * Puts a value in place of each name in a text of Fn::Sub. Throws `ValidationError` for a name that cannot be one, as AWS does: left as it is,
 * `${a-b}` of a shell or of JavaScript would go through here and fail there.
 */
export function substitute(template: string, valueOf: (name: string) => string): string {
  return template.replace(placeholder, (_, escaped: string, content: string) => {
    if (escaped) return `\${${content}}`;
    const name = content.trim();
    if (/^[A-Za-z0-9_.:]+$/.test(name)) return valueOf(name);
    throw templateError(
      `variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons: \${${content}}; ` +
        `\${!${content}} stands for the text itself`,
    );
  });
}

export function namesIn(template: string): string[] {
  const names: string[] = [];
  substitute(template, (name) => {
    names.push(name);
    return '';
  });
  return names;
}
