import { expect, test } from 'vitest';
import { mutationLine, quoted, signInLine } from './command-line.ts';

test('a quote in a text does not end the word', () => {
  expect(quoted("O'Hara; rm x")).toBe(`'O'\\''Hara; rm x'`);
});

test('a mutation is one curl line with the token of the sign-in line', () => {
  const line = mutationLine('https://api.example/graphql', 'suspendTenant', { tenantId: 'T1', reason: "can't pay" });
  expect(line).toContain(`curl -s 'https://api.example/graphql' -H "authorization: $TOKEN"`);
  expect(line).toContain('mutation($input: SuspendTenantInput!) { suspendTenant(input: $input)');
  expect(line).toContain(`"reason":"can'\\''t pay"`);
});

test('the sign-in line names the endpoint only where it is not Cognito’s own', () => {
  const pool = { userPoolId: 'p', userPoolClientId: 'c', graphqlUrl: '', realtimeUrl: '', apiKey: '' };
  const config = { region: 'eu-west-1', controlPlane: pool, apps: { landing: '', saas: '', admin: '' } };
  expect(signInLine(config, 'op@x.example')).not.toContain('--endpoint-url');
  const local = { ...config, controlPlane: { ...pool, userPoolEndpoint: 'http://127.0.0.1:1' } };
  expect(signInLine(local, 'op@x.example')).toContain("--endpoint-url 'http://127.0.0.1:1'");
});
