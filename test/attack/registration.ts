import { RegisterTenantDocument } from '../../generated/documents/control-plane/graphql.ts';
import { describe, expect, test } from 'vitest';
import type { RegisterTenantInput } from '../../generated/control-plane.ts';
import { aRegistration, publicHeaders, register, untilOnboarded } from '../support/given.ts';
import { graphql } from '../support/graphql.ts';
import { errorsOf } from '../support/mutate.ts';

import { everythingStored, scan } from '../support/tables.ts';
import type { Scene } from './scene.ts';

const kilobytes = 1024;

/** What strangers may send to the public sign-up. */
export function registrationAttacks(scene: () => Scene): void {
  const refused = async (given: Partial<RegisterTenantInput>) => {
    const { registration, userErrors } = await register(scene().cotenant.outputs, aRegistration(given));
    expect(registration).toBeNull();
    return userErrors;
  };
  const registered = async (given: Partial<RegisterTenantInput> = {}) => {
    const input = aRegistration(given);
    const { registration, userErrors } = await register(scene().cotenant.outputs, input);
    if (!registration) throw new Error(`Not registered: ${JSON.stringify(userErrors)}`);
    await untilOnboarded(scene().cotenant.outputs, registration.id);
    return { input, registration };
  };

  describe('a registration', () => {
    test('with bad values is refused by field, says what was got and expected, and writes nothing', async () => {
      const before = await everythingStored(scene().cotenant.outputs);
      const slugs = [
        'ab',
        'a'.repeat(33),
        'UPPER',
        '1abc',
        'a--b',
        'a-',
        '-a',
        'a b',
        'a_b',
        'é-acme',
        'admin',
        "a'b",
        'a\u0000b',
        '',
      ];
      const addresses = ['', 'x', 'a@b', 'a b@c.de', 'a@b.c\u0000', '"><script>@a.example', `a@${'b'.repeat(300)}.de`];
      const names = ['', '   ', 'x'.repeat(101), 'a\u0000b', 'line\nbreak', '🚀'.repeat(101)];
      const cases: [keyof RegisterTenantInput, string][] = [
        ...slugs.map((value): [keyof RegisterTenantInput, string] => ['slug', value]),
        ...addresses.map((value): [keyof RegisterTenantInput, string] => ['adminEmail', value]),
        ...names.map((value): [keyof RegisterTenantInput, string] => ['companyName', value]),
        ['adminName', ''],
        ['clientToken', 'short'],
        ['clientToken', 'x'.repeat(65)],
      ];
      for (const [field, value] of cases) {
        const userErrors = await refused({ [field]: value });
        expect({ field, value, codes: errorsOf({ userErrors }) }).toEqual({
          field,
          value,
          codes: [`INVALID_INPUT ${field}`],
        });
        expect(userErrors[0]?.message).toMatch(/expected/);
      }
      expect(await everythingStored(scene().cotenant.outputs)).toEqual(before);
    });

    test('of 400 KB is refused with a short message', async () => {
      for (const field of ['companyName', 'slug', 'adminEmail', 'adminName', 'clientToken']) {
        const userErrors = await refused({ [field]: 'x'.repeat(400 * kilobytes) });
        expect(errorsOf({ userErrors })).toEqual([`INVALID_INPUT ${field}`]);
        expect(userErrors[0]?.message.length).toBeLessThan(300);
      }
    });

    test('with several problems hears of all of them at once', async () => {
      const userErrors = await refused({
        clientToken: 'x',
        companyName: '',
        slug: 'A',
        adminEmail: 'x',
        adminName: '',
      });
      expect(errorsOf({ userErrors })).toEqual([
        'INVALID_INPUT clientToken',
        'INVALID_INPUT companyName',
        'INVALID_INPUT slug',
        'INVALID_INPUT adminEmail',
        'INVALID_INPUT adminName',
      ]);
    });

    test('for a tier that is none', async () => {
      const before = await everythingStored(scene().cotenant.outputs);
      const answer = await ask({ ...aRegistration(), tier: 'GOLD' });
      expect(answer).toMatchObject({ status: 200, data: null });
      expect(answer.errors[0]?.message).toContain('"GOLD" does not exist in "Tier" enum');
      expect(await everythingStored(scene().cotenant.outputs)).toEqual(before);
    });

    test('with missing, unknown or wrongly typed fields never reaches the function', async () => {
      const { slug: _, ...withoutSlug } = aRegistration();
      const inputs = [
        withoutSlug,
        { ...aRegistration(), tenantId: 'mine' },
        { ...aRegistration(), slug: 5 },
        null,
        'x',
        [],
      ];
      for (const input of inputs) {
        const answer = await ask(input);
        expect(answer).toMatchObject({ status: 200, data: null });
        expect(answer.errors[0]?.message).toMatch(/slug|tenantId|input|null/i);
      }
    });

    test('takes quotes, angle brackets and emoji as the text that they are', async () => {
      const companyName = `Bobby "'; DROP TABLE <script>alert(1)</script> 🚀 \${jndi:x} {{7*7}}`;
      const { registration } = await registered({ companyName });
      const [kept] = (await scan(scene().cotenant.outputs, 'control-plane-Tenants')).filter(
        ({ tenantId }) => tenantId === registration.tenantId,
      );
      expect(kept).toMatchObject({ name: companyName, status: 'ACTIVE' });
    });
  });

  describe('what is taken', () => {
    test('a slug and an address, whatever its case, with nothing written', async () => {
      const { input } = await registered();
      const before = await everythingStored(scene().cotenant.outputs);
      const sameSlug = await refused({ slug: input.slug });
      expect(errorsOf({ userErrors: sameSlug })).toEqual(['SLUG_TAKEN slug']);
      expect(sameSlug[0]?.message).toContain(input.slug);
      const sameAddress = await refused({ adminEmail: input.adminEmail.toUpperCase() });
      expect(errorsOf({ userErrors: sameAddress })).toEqual(['EMAIL_TAKEN adminEmail']);
      const both = await refused({ slug: input.slug, adminEmail: input.adminEmail });
      expect(errorsOf({ userErrors: both })).toEqual(['SLUG_TAKEN slug', 'EMAIL_TAKEN adminEmail']);
      expect(await everythingStored(scene().cotenant.outputs)).toEqual(before);
    });

    test('ten race for one slug: exactly one has it', async () => {
      const { slug } = aRegistration();
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => register(scene().cotenant.outputs, aRegistration({ slug }))),
      );
      const winners = answers.flatMap(({ registration }) => registration ?? []);
      const losers = answers.filter(({ registration }) => !registration);
      expect(winners).toHaveLength(1);
      expect(losers.map(errorsOf)).toEqual(Array.from({ length: 9 }, () => ['SLUG_TAKEN slug']));
      await untilOnboarded(scene().cotenant.outputs, winners[0]?.id ?? '');
      const tenants = await scan(scene().cotenant.outputs, 'control-plane-Tenants');
      expect(tenants.filter((item) => item['slug'] === slug)).toHaveLength(1);
    });

    test('ten race with one address: exactly one has it', async () => {
      const { adminEmail } = aRegistration();
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => register(scene().cotenant.outputs, aRegistration({ adminEmail }))),
      );
      const winners = answers.flatMap(({ registration }) => registration ?? []);
      expect(winners).toHaveLength(1);
      expect(answers.filter(({ registration }) => !registration).map(errorsOf)).toEqual(
        Array.from({ length: 9 }, () => ['EMAIL_TAKEN adminEmail']),
      );
      await untilOnboarded(scene().cotenant.outputs, winners[0]?.id ?? '');
    });
  });

  describe('a client token', () => {
    test('names the same registration each time, also in a race', async () => {
      const input = aRegistration();
      const answers = await Promise.all(Array.from({ length: 5 }, () => register(scene().cotenant.outputs, input)));
      answers.push(await register(scene().cotenant.outputs, input));
      expect(new Set(answers.map(({ registration }) => registration?.id)).size).toBe(1);
      await untilOnboarded(scene().cotenant.outputs, answers[0]?.registration?.id ?? '');
      const tenants = await scan(scene().cotenant.outputs, 'control-plane-Tenants');
      expect(tenants.filter((item) => item['slug'] === input.slug)).toHaveLength(1);
    });

    test('that was used for something else is refused, and tells nothing of it', async () => {
      const { input } = await registered();
      const other = aRegistration({ clientToken: input.clientToken });
      const before = await everythingStored(scene().cotenant.outputs);
      const { registration, userErrors } = await register(scene().cotenant.outputs, other);
      expect(registration).toBeNull();
      expect(errorsOf({ userErrors })).toEqual(['CLIENT_TOKEN_REUSED clientToken']);
      expect(JSON.stringify(userErrors)).not.toContain(input.slug);
      expect(await everythingStored(scene().cotenant.outputs)).toEqual(before);
    });
  });

  describe('a registration that is not there', () => {
    test.each(['none', '', 'TOKEN#demo', 'a\u0000b', 'x'.repeat(4096), '../..', '$ne'])('%j is null', async (id) => {
      const { outputs } = scene().cotenant;
      const query = 'query R($id: ID!) { registration(id: $id) { id } }';
      const answer = await graphql(outputs.controlPlane.graphqlUrl, publicHeaders(outputs), query, { id });
      expect(answer).toEqual({ status: 200, data: { registration: null }, errors: [] });
    });

    test('its token’s item is none', async () => {
      const { outputs } = scene().cotenant;
      const { input } = await registered();
      const query = 'query R($id: ID!) { registration(id: $id) { id tenantId } }';
      const variables = { id: `TOKEN#${input.clientToken}` };
      const answer = await graphql(outputs.controlPlane.graphqlUrl, publicHeaders(outputs), query, variables);
      expect(answer.data).toEqual({ registration: null });
    });
  });

  describe('routing', () => {
    test('cannot be used to find out who is a customer', async () => {
      const { outputs } = scene().cotenant;
      const { input } = await registered();
      const query =
        'query T($slug: String!) { tenantRouting(slug: $slug) { graphqlUrl realtimeUrl region userPoolId userPoolClientId userPoolEndpoint } }';
      const ofSlug = async (slug: string) =>
        await graphql(outputs.controlPlane.graphqlUrl, publicHeaders(outputs), query, { slug });
      const known = JSON.stringify(await ofSlug(input.slug));
      for (const slug of ['nobody-has-this', '', 'SLUG#x', 'a\u0000', "' OR 1=1", 'x'.repeat(5000)]) {
        expect(JSON.stringify(await ofSlug(slug))).toBe(known);
      }
    });
  });

  async function ask(input: unknown) {
    const { outputs } = scene().cotenant;
    return await graphql(outputs.controlPlane.graphqlUrl, publicHeaders(outputs), RegisterTenantDocument.toString(), {
      input,
    });
  }
}
