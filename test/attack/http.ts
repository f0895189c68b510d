import { describe, expect, test } from 'vitest';
import type { Scene } from './scene.ts';
import { leavesNoTrace } from './scene.ts';

/** Requests that no client of ours sends. */
export function httpAttacks(scene: () => Scene): void {
  const send = async (init: RequestInit, url = scene().alice.target.url) => {
    const headers = { 'content-type': 'application/json', ...scene().alice.target.headers, ...init.headers };
    const response = await fetch(url, { method: 'POST', ...init, headers });
    const text = await response.text();
    return { status: response.status, type: response.headers.get('content-type') ?? '', text };
  };
  const ask = async (query: string) => {
    const { status, text } = await send({ body: JSON.stringify({ query }) });
    return { status, body: JSON.parse(text) as { data?: unknown; errors?: { message: string; errorType?: string }[] } };
  };

  describe('HTTP', () => {
    test.each([
      ['an empty one', '', 'MalformedHttpRequestException'],
      ['blanks', '  \n', 'MalformedHttpRequestException'],
      ['no JSON', '{"query":', 'MalformedHttpRequestException'],
      ['a number', '5', 'MalformedHttpRequestException'],
      ['null', 'null', 'MalformedHttpRequestException'],
      ['a batch', '[{"query":"{ me { id } }"}]', 'MalformedHttpRequestException'],
      ['no query', '{"variables":{}}', 'MalformedHttpRequestException'],
      ['a query that is no text', '{"query":{"me":1}}', 'MalformedHttpRequestException'],
      ['variables that are none', '{"query":"{ me { id } }","variables":[1]}', 'MalformedHttpRequestException'],
      ['bytes', '\u0000\u0001\ufffd', 'MalformedHttpRequestException'],
      [
        'XML',
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        'MalformedHttpRequestException',
      ],
    ])('a body: %s', async (_, body, errorType) => {
      const answer = await send({ body });
      expect(answer.status).toBe(400);
      expect(answer.type).toContain('application/json');
      expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ errorType, message: expect.any(String) }] });
      expect(answer.text).not.toContain('root:');
    });

    test('a body of 2 MB is refused, with and without its length told', async () => {
      const body = JSON.stringify({ query: `{ me { id } } # ${'x'.repeat(2 * 1024 * 1024)}` });
      const told = await send({ body });
      expect(told.status).toBe(413);
      expect(JSON.parse(told.text)).toMatchObject({ errors: [{ errorType: 'RequestEntityTooLargeException' }] });
      const untold = await send({ body: new Blob([body]).stream(), duplex: 'half' } as RequestInit);
      expect(untold.status).toBe(413);
    });

    test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s is not taken', async (method) => {
      const answer = await send({ method });
      expect(answer.status).toBe(405);
      expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ message: expect.stringContaining(method) }] });
    });

    test('neither is a query in the URL', async () => {
      const answer = await send(
        { method: 'GET' },
        `${scene().alice.target.url}?query=${encodeURIComponent('{ me { id } }')}`,
      );
      expect(answer.status).toBe(405);
    });

    test('another content type is read as what it is, and gets no further than its token', async () => {
      const body = JSON.stringify({ query: '{ me { id } }' });
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
        const anonymous = await fetch(scene().alice.target.url, {
          method: 'POST',
          headers: { 'content-type': type },
          body,
        });
        expect(anonymous.status).toBe(401);
        const form = await send({ headers: { 'content-type': type }, body: 'query=%7B+me+%7B+id+%7D+%7D' });
        expect(form.status).toBe(400);
      }
    });

    test.each(['unknown0000000000000000000', '..%2F..%2Fetc%2Fpasswd', '%00', '', '__proto__', 'a'.repeat(4000)])(
      'an API that is not there: %s',
      async (apiId) => {
        const answer = await send(
          { body: '{"query":"{ me { id } }"}' },
          `${scene().cotenant.outputs.endpoint}/graphql/${apiId}`,
        );
        expect(answer.status).toBe(404);
        expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ message: expect.any(String) }] });
      },
    );
  });

  describe('a query', () => {
    test('of a field, an argument or a type that is not there', async () => {
      for (const query of [
        '{ password }',
        '{ me { passwordHash } }',
        '{ products(tenantId: "x") { edges { cursor } } }',
        '{ tenants { edges { cursor } } }',
        'mutation { suspendTenant(input: {tenantId: "x"}) { userErrors { code } } }',
        'query Q($i: Nope) { me { id } }',
      ]) {
        const { status, body } = await ask(query);
        expect({ query, status, data: body.data }).toEqual({ query, status: 200, data: null });
        expect(body.errors?.[0]?.message).toMatch(/^Validation error of type \w+: /);
      }
    });

    test('that is none', async () => {
      for (const query of [
        '',
        '{',
        'me',
        '{ me { id }',
        'subscription { onProductChanged { type } }',
        'fragment F on User { id }',
        'query A { me { id } } query B { me { id } }',
        '\u0000',
      ]) {
        const { status, body } = await ask(query);
        expect({
          query,
          ok: [200, 400].includes(status),
          data: body.data ?? null,
          errors: body.errors?.length,
        }).toEqual({ query, ok: true, data: null, errors: 1 });
      }
    });

    test('too deep, and one nested without end', async () => {
      const deep = `{ ${'a { '.repeat(200)}b${' }'.repeat(200)} }`;
      expect((await ask(deep)).body.data ?? null).toBeNull();
      const introspection = `{ __schema { types { ${'fields { type { '.repeat(8)}name${' } }'.repeat(8)} } } }`;
      expect((await ask(introspection)).body).toMatchObject({
        data: null,
        errors: [{ message: expect.stringContaining('depth') }],
      });
      const bottomless = await ask(`{ ${'a{'.repeat(7000)}`);
      expect(bottomless.body.data ?? null).toBeNull();
      expect(bottomless.body.errors).toHaveLength(1);
      const circle = await ask('{ me { ...A } } fragment A on User { ...B } fragment B on User { ...A }');
      expect(circle.body).toMatchObject({ data: null });
    });

    test('with a thousand aliases runs none of them', async () => {
      await leavesNoTrace(scene(), async () => {
        const create = 'createProduct(input: {sku: "S", name: "N", price: 1, stock: 1}) { userErrors { code } }';
        const aliases = Array.from({ length: 1000 }, (_, index) => `a${index}: ${create}`).join(' ');
        const { body } = await ask(`mutation { ${aliases} }`);
        expect(body).toMatchObject({ errors: [{ message: expect.any(String) }] });
        expect(body.data ?? null).toBeNull();
      });
    });

    test('of a megabyte', async () => {
      const { status, body } = await ask(`{ ${'me { id } '.repeat(90_000)} }`);
      expect([200, 400]).toContain(status);
      expect(body.data ?? null).toBeNull();
      expect(body.errors?.[0]?.message).toContain('tokens');
    });
  });
}
