import { EventBridgeClient, type PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import { EventsRefusedError, publishEvents, type Publisher } from '../layer/events/publish-events.ts';
import { sbtEvent } from '../layer/events/sbt-event.ts';
import { tenantEventsOf } from './tenant-events.ts';
import { userEventsOf } from './user-events.ts';

const tenant = (status: string, more: object = {}) => ({
  tenantId: 'T1',
  listing: 'TENANT',
  name: 'Acme',
  slug: 'acme',
  adminEmail: 'ann@acme.example',
  tier: 'BASIC',
  deployment: 'POOLED',
  stack: 'pooled',
  registrationId: 'R1',
  version: 7,
  status,
  ...more,
});
type Item = Record<string, unknown>;
const change = (before?: Item, after?: Item) => ({
  eventId: 'E1',
  changedAt: new Date(0),
  ...(before && { before }),
  ...(after && { after }),
});
const typesOf = (before?: Item, after?: Item): string[] =>
  tenantEventsOf(change(before, after)).map(({ source, detailType }) => `${source} ${detailType}`);

test.each([
  [undefined, 'REQUESTED', ['control.plane onboardingRequest']],
  ['REQUESTED', 'PROVISIONING', []],
  ['PROVISIONING', 'ACTIVE', ['application.plane provisionSuccess', 'application.plane onboardingSuccess']],
  ['PROVISIONING', 'FAILED', ['application.plane provisionFailure', 'application.plane onboardingFailure']],
  ['FAILED', 'PROVISIONING', []],
  ['ACTIVE', 'ACTIVE', []],
  ['ACTIVE', 'SUSPENDED', ['control.plane deactivateRequest', 'application.plane deactivateSuccess']],
  ['SUSPENDED', 'ACTIVE', ['control.plane activateRequest', 'application.plane activateSuccess']],
  ['ACTIVE', 'OFFBOARDING', ['control.plane offboardingRequest']],
  ['OFFBOARDING', 'OFFBOARDED', ['application.plane deprovisionSuccess', 'application.plane offboardingSuccess']],
])('a pooled tenant that was %s and is %s', (before, after, expected) => {
  expect(typesOf(before === undefined ? undefined : tenant(before), tenant(after))).toEqual(
    expected.map((text) => `sbt.${text.replace(' ', ' sbt_aws_')}`),
  );
});

test('a silo’s provisioning is told of by its run, not by its tenant', () => {
  const silo = { stack: 'T1' };
  expect(typesOf(tenant('PROVISIONING', silo), tenant('ACTIVE', silo))).toEqual([
    'sbt.application.plane sbt_aws_onboardingSuccess',
  ]);
});

test('claims, and tenants that are removed, are nobody’s business', () => {
  expect(typesOf(undefined, { tenantId: 'SLUG#acme', owner: 'T1' })).toEqual([]);
  expect(typesOf(tenant('OFFBOARDED'))).toEqual([]);
});

describe('details', () => {
  const detailsOf = (before: Item | undefined, after: Item) =>
    tenantEventsOf(change(before, after)).map(({ detail }) => detail);
  const tenantData = { tenantName: 'Acme', email: 'ann@acme.example', tier: 'BASIC', slug: 'acme' };
  const ids = { tenantId: 'T1', tenantRegistrationId: 'R1' };

  test('of a request are flat', () => {
    expect(detailsOf(undefined, tenant('REQUESTED'))).toEqual([
      {
        ...ids,
        ...tenantData,
        deployment: 'POOLED',
        stack: 'pooled',
        tenantStatus: 'REQUESTED',
        registrationStatus: 'REQUESTED',
        eventId: 'T1-7-onboardingRequest',
      },
    ]);
    expect(detailsOf(tenant('ACTIVE'), tenant('OFFBOARDING'))).toMatchObject([{ ...ids, sbtaws_active: false }]);
  });

  test('of a success have both parts', () => {
    const [, success] = detailsOf(tenant('PROVISIONING'), tenant('ACTIVE'));
    expect(success).toMatchObject({
      ...ids,
      jobOutput: { tenantData, tenantRegistrationData: { registrationStatus: 'ACTIVE' } },
      eventId: 'T1-7-onboardingSuccess',
    });
  });

  test('of a failure keep status and cause', () => {
    const [, failure] = detailsOf(tenant('PROVISIONING'), tenant('FAILED', { failure: 'CREATE_ADMIN: refused' }));
    expect(failure).toMatchObject({ ...ids, jobOutput: { status: 'FAILED', cause: 'CREATE_ADMIN: refused' } });
    const offboarding = { failure: 'PURGE_DATA: refused' };
    const failed = tenant('OFFBOARDING', { offboarding });
    expect(detailsOf(tenant('OFFBOARDING', { offboarding: {} }), failed)).toMatchObject([
      { jobOutput: { cause: 'PURGE_DATA: refused' }, eventId: 'T1-7-deprovisionFailure' },
      { jobOutput: { cause: 'PURGE_DATA: refused' }, eventId: 'T1-7-offboardingFailure' },
    ]);
    expect(detailsOf(failed, failed)).toEqual([]);
  });
});

test('users come and go; what changes of one is not told', () => {
  const user = { tenantId: 'T1', userId: 'U1', sub: 'U1', email: 'u@acme.example', name: 'U', role: 'TENANT_USER' };
  const detail = { tenantId: 'T1', userName: 'U1', email: 'u@acme.example', name: 'U', role: 'TENANT_USER' };
  expect(userEventsOf(change(undefined, user))).toEqual([sbtEvent('tenantUserCreated', 'T1-U1', detail)]);
  expect(userEventsOf(change(user))).toEqual([sbtEvent('tenantUserDeleted', 'T1-U1', detail)]);
  expect(userEventsOf(change(user, { ...user, name: 'V' }))).toEqual([]);
  expect(userEventsOf(change(undefined, { tenantId: 'T1', userId: 'TOKEN#x' }))).toEqual([]);
});

describe('publishing', () => {
  const bus = (refuse: (index: number) => boolean) => {
    const calls: number[] = [];
    const client = new EventBridgeClient({ region: 'us-east-1' });
    const send = ({ input: { Entries = [] } }: PutEventsCommand) => {
      calls.push(Entries.length);
      return Promise.resolve({
        Entries: Entries.map((_, index) => (refuse(index) ? { ErrorCode: 'ThrottlingException' } : { EventId: 'x' })),
      });
    };
    const publisher: Publisher = { eventBridge: Object.assign(client, { send }), busName: 'bus' };
    return { calls, publisher };
  };
  const events = (count: number) => Array.from({ length: count }, (_, at) => sbtEvent('activateSuccess', `E${at}`, {}));

  test('is by tens', async () => {
    const { calls, publisher } = bus(() => false);
    await publishEvents(events(12), publisher);
    await publishEvents([], publisher);
    expect(calls).toEqual([10, 2]);
  });

  test('throws where the bus has not taken one, so that the stream sends the change again', async () => {
    const { publisher } = bus((index) => index === 1);
    await expect(publishEvents(events(2), publisher)).rejects.toThrow(EventsRefusedError);
  });
});
