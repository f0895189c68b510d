import { type FormEvent, useMemo, useRef, useState } from 'react';
import { RegisterTenantDocument, type Tier } from '../../generated/documents/landing/graphql.ts';
import { formatEnum } from '../ui/formats/number.ts';
import { useApi } from '../ui/react/api.tsx';
import { Field } from './field.tsx';
import { Problem } from './problem.tsx';
import {
  checkField,
  checkFields,
  createTokens,
  type Field as FieldName,
  type Fields,
  type Problems,
  suggestSlug,
} from './registration-input.ts';

export interface SignUpFormProps {
  readonly tier: Tier;
  onTier(tier: Tier): void;
  onRegistered(id: string, email: string): void;
}

const tiers: readonly Tier[] = ['BASIC', 'STANDARD', 'PREMIUM', 'PLATINUM'];
const nothing: Fields = { companyName: '', slug: '', adminName: '', adminEmail: '' };

export function SignUpForm({ tier, onTier, onRegistered }: SignUpFormProps) {
  const { graphql } = useApi();
  const [fields, setFields] = useState(nothing);
  const [ownSlug, setOwnSlug] = useState(false);
  const [problems, setProblems] = useState<Problems>({});
  const [suggestions, setSuggestions] = useState<readonly string[]>([]);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const inputOf = useMemo(() => createTokens(), []);

  const change = (name: FieldName, value: string): void => {
    const follows = name === 'companyName' && !ownSlug;
    if (name === 'slug') setOwnSlug(value !== '');
    setFields({ ...fields, [name]: value, ...(follows && { slug: suggestSlug(value) }) });
    setProblems({ ...problems, [name]: undefined, ...((follows || name === 'slug') && { slug: undefined }) });
    if (name === 'slug' || follows) setSuggestions([]);
  };
  const leave = (name: FieldName): void => {
    const found = fields[name] === '' ? undefined : checkField(name, fields[name]);
    if (found !== undefined) setProblems({ ...problems, [name]: found });
  };
  const refuse = (found: Problems): void => {
    setProblems(found);
    const [first] = Object.keys(found);
    form.current?.querySelector<HTMLInputElement>(`[name="${first ?? ''}"]`)?.focus();
  };
  const register = async (): Promise<void> => {
    const found = checkFields(fields);
    if (Object.keys(found).length > 0) return refuse(found);
    setBusy(true);
    setError(undefined);
    try {
      const input = inputOf(fields, tier);
      const { registerTenant } = await graphql.request(RegisterTenantDocument, { input }, { repeatable: true });
      const { registration, userErrors } = registerTenant;
      if (registration) return onRegistered(registration.id, input.adminEmail.trim());
      setSuggestions(userErrors.flatMap((each) => each.suggestions ?? []));
      refuse(
        Object.fromEntries(userErrors.map(({ field, code, message }) => [field ?? 'form', words[code] ?? message])),
      );
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void register();
  };
  const propsOf = (name: FieldName) => ({
    name,
    value: fields[name],
    problem: problems[name],
    onChange: (value: string) => change(name, value),
    onLeave: () => leave(name),
  });

  return (
    <form className="card" ref={form} onSubmit={submit} noValidate>
      <fieldset className="choice">
        <legend>Tier</legend>
        {tiers.map((each) => (
          <label key={each}>
            <input type="radio" name="tier" value={each} checked={each === tier} onChange={() => onTier(each)} />
            <span>{formatEnum(each)}</span>
          </label>
        ))}
        <span className="problem" aria-live="polite">
          {problems.tier}
        </span>
      </fieldset>
      <Field {...propsOf('companyName')} label="Company" autoComplete="organization" />
      <Field
        {...propsOf('slug')}
        label="Workspace name"
        hint="Part of your address; it cannot be changed later."
        autoComplete="off"
      >
        {suggestions.length > 0 && (
          <div className="suggestions">
            These are free:
            {suggestions.map((slug) => (
              <button key={slug} className="chip" type="button" onClick={() => change('slug', slug)}>
                {slug}
              </button>
            ))}
          </div>
        )}
      </Field>
      <Field {...propsOf('adminName')} label="Your name" autoComplete="name" />
      <Field
        {...propsOf('adminEmail')}
        label="Your e-mail address"
        hint="We send your first password there."
        type="email"
        autoComplete="email"
      />
      {problems.form !== undefined && (
        <div className="notice bad" role="alert">
          {problems.form}
        </div>
      )}
      {error !== undefined && <Problem error={error} />}
      <button className="button wide" type="submit" disabled={busy}>
        {busy ? 'Sending …' : 'Create workspace'}
      </button>
    </form>
  );
}

const words: Readonly<Record<string, string>> = {
  SLUG_TAKEN: 'This name is taken.',
  EMAIL_TAKEN: 'This address has an account already; use another.',
};
