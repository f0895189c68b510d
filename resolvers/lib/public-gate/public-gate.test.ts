import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FieldError } from '../../testing/application-plane.ts';
import { type ControlPlane, startControlPlane } from '../../testing/control-plane.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
  plane.functions['registration'] = () => ({ registration: null, userErrors: [] });
});
afterAll(() => plane.stop());

const noon = Date.UTC(2026, 10, 23, 12);
const limits = {
  reads: { perSecond: 10, burst: 5, perDay: 1000 },
  registrations: { perSecond: 10, burst: 5, perDay: 1000 },
  emails: { perSecond: 0.1, burst: 2, perDay: 1000 },
};
beforeEach(() => {
  plane.setTime(noon);
  plane.setPublicLimits(limits);
});

const from = (address: string) => ({ 'x-forwarded-for': `${address}, 64.252.1.1` });

async function outcome(asked: Promise<unknown>): Promise<'admitted' | FieldError> {
  try {
    await asked;
    return 'admitted';
  } catch (error) {
    return error as FieldError;
  }
}
const look = (headers: Readonly<Record<string, string>>) =>
  outcome(plane.askPublic('Query.registration', { id: 'unknown' }, headers));
const register = (adminEmail: string, address: string) =>
  outcome(plane.askPublic('Mutation.registerTenant', { input: { adminEmail } }, from(address)));

async function admittedOf(count: number, ask: () => Promise<'admitted' | FieldError>): Promise<number> {
  const outcomes = await Promise.all(Array.from({ length: count }, ask));
  for (const one of outcomes) if (one !== 'admitted') expect(one).toMatchObject({ errorType: 'TooManyRequests' });
  return outcomes.filter((one) => one === 'admitted').length;
}

describe('by network address', () => {
  it('admits exactly the burst of many requests of one moment, then the rate', async () => {
    expect(await admittedOf(60, () => look(from('192.0.2.1')))).toBe(5);
    for (let tick = 1; tick <= 10; tick += 1) {
      plane.setTime(noon + tick * 100);
      expect(await admittedOf(4, () => look(from('192.0.2.1')))).toBe(1);
    }
  });

  it('says when the next one is admitted, and keeps its word', async () => {
    await admittedOf(5, () => look(from('192.0.2.2')));
    const refused = (await look(from('192.0.2.2'))) as FieldError;
    expect(refused.errorInfo).toEqual({ retryAfterMs: 100 });
    plane.setTime(noon + 99);
    expect(await look(from('192.0.2.2'))).not.toBe('admitted');
    plane.setTime(noon + 100);
    expect(await look(from('192.0.2.2'))).toBe('admitted');
  });

  it('holds a day’s limit exactly, tells when it ends, and begins anew at midnight', async () => {
    plane.setPublicLimits({ ...limits, reads: { perSecond: 1000, burst: 1000, perDay: 7 } });
    expect(await admittedOf(30, () => look(from('192.0.2.3')))).toBe(7);
    plane.setTime(noon + 60_000);
    const refused = (await look(from('192.0.2.3'))) as FieldError;
    expect(refused.errorInfo).toEqual({ retryAfterMs: 12 * 3_600_000 - 60_000 });
    plane.setTime(noon + 12 * 3_600_000);
    expect(await admittedOf(30, () => look(from('192.0.2.3')))).toBe(7);
  });

  it('keeps one day’s count, and expires two days after the last request', async () => {
    await look(from('192.0.2.4'));
    plane.setTime(noon + 24 * 3_600_000);
    await look(from('192.0.2.4'));
    const { Item } = await plane.documents.send(
      new GetCommand({ TableName: plane.tables.PUBLIC_GATES_TABLE, Key: { chargedTo: 'reads#192.0.2.4' } }),
    );
    const last = noon + 24 * 3_600_000;
    expect(Item).toEqual({
      chargedTo: 'reads#192.0.2.4',
      freeAt: last * 1000 + 100_000,
      'day#2026-11-24': 1,
      expiresAt: last / 1000 + 2 * 24 * 3600,
    });
  });

  it('charges what AppSync saw, not what the caller says', async () => {
    let count = 0;
    const forged = () => look({ 'x-forwarded-for': `203.0.113.${(count += 1)}, 192.0.2.5, 64.252.1.1` });
    expect(await admittedOf(20, forged)).toBe(5);
  });

  it('takes an IPv6 customer’s /64 for one', async () => {
    const forms = ['2001:db8::1', '2001:DB8:0:0:1:2:3:4', '2001:db8:0:0:ffff::', '2001:db8::1:2:3:4'];
    let count = 0;
    expect(await admittedOf(20, () => look(from(forms[(count += 1) % forms.length] ?? '')))).toBe(5);
    expect(await look(from('2001:db8:0:1::1'))).toBe('admitted');
  });

  it('lets nobody escape by having no address', async () => {
    expect(await admittedOf(20, () => look({}))).toBe(5);
    expect(await look({ 'x-forwarded-for': '9'.repeat(3000) })).not.toBe('admitted');
  });

  it('keeps addresses apart, and sign-ups from reads', async () => {
    await admittedOf(10, () => look(from('192.0.2.6')));
    expect(await look(from('192.0.2.7'))).toBe('admitted');
    expect(await register('a@six.example', '192.0.2.6')).toBe('admitted');
  });
});

describe('registerTenant', () => {
  it('is limited by network address', async () => {
    let count = 0;
    expect(await admittedOf(20, () => register(`u${(count += 1)}@one.example`, '192.0.2.8'))).toBe(5);
  });

  it('is limited by e-mail address, from wherever and however it is written', async () => {
    const forms = ['Ann@Two.example', ' ann@two.example', 'ann@two.example '];
    let count = 0;
    const ask = () => register(forms[(count += 1) % forms.length] ?? '', `198.51.100.${count}`);
    expect(await admittedOf(12, ask)).toBe(2);
    plane.setTime(noon + 10_000);
    expect(await register('ann@two.example', '198.51.100.99')).toBe('admitted');
  });

  it('runs nothing for whom it refuses', async () => {
    let calls = 0;
    plane.functions['registration'] = () => {
      calls += 1;
      return null;
    };
    await admittedOf(12, () => register('ann@three.example', '192.0.2.9'));
    expect(calls).toBe(2);
  });
});

it('fails closed where its limits are missing', async () => {
  for (const nothing of [null, {}, { reads: {} }]) {
    plane.setPublicLimits(nothing);
    expect(await look(from('192.0.2.10'))).toMatchObject({ errorType: 'Fault' });
  }
});

it('does not charge operators', async () => {
  const before = await plane.documents.send(new ScanCommand({ TableName: plane.tables.PUBLIC_GATES_TABLE }));
  const asOperator = { role: 'SYSTEM_ADMIN', userId: 'operator-1', email: 'ann@example.com' };
  for (let count = 0; count < 8; count += 1) {
    await plane.askPublic('Query.registration', { id: 'unknown' }, from('192.0.2.11'), asOperator);
  }
  const after = await plane.documents.send(new ScanCommand({ TableName: plane.tables.PUBLIC_GATES_TABLE }));
  expect(after.Count).toBe(before.Count);
});
