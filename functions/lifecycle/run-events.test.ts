import { expect, test } from 'vitest';
import { runEventsOf } from './run-events.ts';

const run = (more: object) => ({
  tenantId: 'T1',
  runId: 'RUN1',
  attempt: 2,
  action: 'PROVISION',
  status: 'RUNNING',
  release: 'r1',
  registrationId: 'R1',
  ...more,
});
const eventsOf = (after: object, before: object = run({})) =>
  runEventsOf({ eventId: 'E1', changedAt: new Date(0), before: { ...before }, after: { ...after } });

test('a stack of a tenant’s own that is made or gone is told of', () => {
  expect(eventsOf(run({ status: 'SUCCEEDED' }))).toEqual([
    {
      source: 'sbt.application.plane',
      detailType: 'sbt_aws_provisionSuccess',
      detail: {
        tenantId: 'T1',
        tenantRegistrationId: 'R1',
        jobOutput: { tenantData: { stackName: 'cotenant-tenant-T1', release: 'r1' }, tenantRegistrationData: {} },
        eventId: 'RUN1-2-provisionSuccess',
      },
    },
  ]);
  expect(eventsOf(run({ status: 'SUCCEEDED', action: 'DEPROVISION' }))).toMatchObject([
    { detailType: 'sbt_aws_deprovisionSuccess' },
  ]);
});

test('a failure says its status, its cause and where', () => {
  const failed = run({ status: 'FAILED', failure: 'Quota', failedStep: 'DEPLOY_STACK' });
  expect(eventsOf(failed)).toMatchObject([
    {
      detailType: 'sbt_aws_provisionFailure',
      detail: { jobOutput: { status: 'FAILED', cause: 'Quota', failedStep: 'DEPLOY_STACK', runId: 'RUN1' } },
    },
  ]);
  expect(eventsOf({ ...failed, action: 'DEPROVISION' })).toMatchObject([{ detailType: 'sbt_aws_deprovisionFailure' }]);
});

test.each([
  ['one under way', run({ status: 'REQUESTED' }), run({})],
  ['one that was settled before', run({ status: 'FAILED', executionId: 'x' }), run({ status: 'FAILED' })],
  ['the pool', run({ status: 'SUCCEEDED', tenantId: 'pooled' }), run({})],
  ['an update', run({ status: 'SUCCEEDED', action: 'UPDATE' }), run({})],
])('of %s nothing is told', (_, after, before) => {
  expect(eventsOf(after, before)).toEqual([]);
});
