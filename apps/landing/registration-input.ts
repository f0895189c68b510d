import type { RegisterTenantInput, Tier } from '../../generated/documents/landing/graphql.ts';

export type Field = 'companyName' | 'slug' | 'adminName' | 'adminEmail';
export type Fields = Readonly<Record<Field, string>>;
export type Problems = Partial<Record<Field | 'tier' | 'form', string>>;

const longestSlug = 32;

/** What a company's address could be called: `Ada & Söhne GmbH` → `ada-sohne-gmbh`. */
export function suggestSlug(companyName: string): string {
  return companyName
    .normalize('NFD')
    .toLowerCase()
    .replace(/[\u0300-\u036f'’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, longestSlug)
    .replace(/-+$/, '');
}

/** What is plainly wrong with a field, in words; the server has the last one. */
export function checkField(field: Field, value: string): string | undefined {
  const text = value.trim();
  switch (field) {
    case 'companyName':
      return text === '' || text.length > 100 ? 'Enter the name of your company, at most 100 characters.' : undefined;
    case 'adminName':
      return text === '' || text.length > 100 ? 'Enter your name, at most 100 characters.' : undefined;
    case 'adminEmail':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : 'Enter an e-mail address, like ada@example.com.';
    case 'slug':
      if (text.length < 3 || text.length > longestSlug) return `Between 3 and ${longestSlug} characters.`;
      return /^[a-z](?:-?[a-z0-9])*$/.test(text)
        ? undefined
        : 'Lower-case letters, digits and single hyphens, starting with a letter.';
  }
}

export function checkFields(fields: Fields): Problems {
  const names = Object.keys(fields) as Field[];
  return Object.fromEntries(
    names.flatMap((name) => {
      const problem = checkField(name, fields[name]);
      return problem === undefined ? [] : [[name, problem]];
    }),
  );
}

/** The same input has the same client token, so that sending it twice registers once. */
export function createTokens(createToken: () => string = () => crypto.randomUUID()) {
  const tokens = new Map<string, string>();
  return (fields: Fields, tier: Tier): RegisterTenantInput => {
    const key = JSON.stringify([fields, tier]);
    const clientToken = tokens.get(key) ?? createToken();
    tokens.set(key, clientToken);
    return { ...fields, tier, clientToken };
  };
}
