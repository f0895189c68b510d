import { invalidInput } from '../layer/input-checks.ts';

export const longestSlug = 32;

/** Words that would be taken for a part of the product in an address. */
const reserved: ReadonlySet<string> = new Set(
  `about account admin api app apps assets auth billing blog cdn console control-plane cotenant dashboard
   dev docs download email ftp help home internal landing localhost login logout mail me new news null operator
   operators pooled pricing public register root saas security settings shop signin signup silo smtp ssl staging
   static status support system tenant tenants test undefined user users webmail www`.split(/\s+/),
);

const form = /^[a-z](?:-?[a-z0-9])*$/;

/** A slug is a tenant's name in addresses, as DNS would take it. */
export function checkSlug(slug: string) {
  const expected = `expected 3 to ${longestSlug} lower-case letters, digits and single hyphens, starting with a letter`;
  if (slug.length < 3 || slug.length > longestSlug)
    return invalidInput('slug', `has ${slug.length} characters, ${expected}`);
  if (!form.test(slug)) return invalidInput('slug', `has another form, ${expected}`);
  if (reserved.has(slug)) return invalidInput('slug', `is a reserved word, ${expected}`);
  return null;
}

const endings = ['-2', '-hq', '-team', '-3', '-co', '-app'];

/** Slugs like one that is taken, best first: `acme` → `acme-2`, `acme-hq`, … */
export function similarSlugs(slug: string): string[] {
  const similar = endings.map((ending) => slug.slice(0, longestSlug - ending.length).replace(/-$/, '') + ending);
  return similar.filter((candidate) => candidate !== slug && checkSlug(candidate) === null);
}
