import { afterEach, expect, test, vi } from 'vitest';
import { type Probe, runProbe } from './probe.ts';

afterEach(() => vi.unstubAllGlobals());

const probe: Probe = {
  id: 'p',
  name: '',
  expected: '',
  call: () => ({ url: 'https://api', headers: {}, query: '{ a }' }),
};
const answering = (status: number, body: object): void => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(body), { status })));
};

test.each([
  ['refused', 401, { errors: [{ errorType: 'UnauthorizedException', message: 'No' }] }],
  ['refused', 200, { data: { a: null }, errors: [{ errorType: 'Unauthorized', message: 'No' }] }],
  ['let through', 200, { data: { a: 'secret' } }],
  ['let through', 200, { data: { a: 'secret' }, errors: [{ errorType: 'Unauthorized', message: 'No' }] }],
  ['let through', 200, { data: { a: null } }],
  ['not tried', 200, { data: { a: null }, errors: [{ errorType: 'Fault', message: 'Broken' }] }],
  ['not tried', 200, { data: null, errors: [{ errorType: 'TooManyRequests', message: 'Slowly' }] }],
])('%s where the API answers %d %j', async (verdict, status, body) => {
  answering(status, body);
  expect(await runProbe(probe)).toMatchObject({ verdict });
});

test('what could not be tried is no refusal', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  expect(await runProbe(probe)).toEqual({ verdict: 'not tried', answer: 'Failed to fetch' });
});
