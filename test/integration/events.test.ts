import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { aCompany } from '../support/given.ts';
import { operationsOf } from './control-plane/operate.ts';
import { cotenantScene } from './scene.ts';

const group = '/aws/events/followed';

interface SeenEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: { readonly eventId: string; readonly tenantId: string } & Readonly<Record<string, unknown>>;
}

cotenantScene((scene) => {
  /** A rule of somebody else's on the bus, which writes what it gets to a log. */
  async function follow(): Promise<void> {
    const eventBridge = new EventBridgeClient(scene().settings);
    const rule = { EventBusName: 'cotenant-events', Name: 'followed' };
    const pattern = { source: ['sbt.control.plane', 'sbt.application.plane'] };
    await eventBridge.send(new PutRuleCommand({ ...rule, EventPattern: JSON.stringify(pattern) }));
    const Arn = `arn:aws:logs:${scene().settings.region}:000000000000:log-group:${group}`;
    const { FailedEntryCount } = await eventBridge.send(
      new PutTargetsCommand({ EventBusName: rule.EventBusName, Rule: rule.Name, Targets: [{ Id: 'log', Arn }] }),
    );
    expect(FailedEntryCount).toBe(0);
  }

  /** What the log has of a tenant, each event once, when the last one expected is there. */
  async function eventsUntil(tenantId: string, last: string): Promise<SeenEvent[]> {
    const logs = new CloudWatchLogsClient(scene().settings);
    const end = Date.now() + 90_000;
    for (;;) {
      const { events = [] } = await logs
        .send(new FilterLogEventsCommand({ logGroupName: group }))
        .catch((error: Error) => {
          if (error.name !== 'ResourceNotFoundException') throw error;
          return { events: [] };
        });
      const seen = events.map(({ message = '' }) => JSON.parse(message) as SeenEvent);
      const own = seen.filter(({ detail }) => detail.tenantId === tenantId);
      if (own.some((event) => event['detail-type'] === `sbt_aws_${last}`))
        return [...new Map(own.map((event) => [event.detail.eventId, event])).values()];
      if (Date.now() > end) throw new Error(`No ${last} among ${JSON.stringify(own)}`);
      await sleep(100);
    }
  }

  test('a rule on the bus gets a tenant’s life in SBT-AWS’s events', async () => {
    await follow();
    const { outputs } = scene();
    const operate = await operationsOf(scene());
    const { tenantId, slug } = await aCompany(outputs);
    await operate.mutate('suspendTenant', { tenantId }, 'tenant { id }');
    await operate.mutate('activateTenant', { tenantId }, 'tenant { id }');
    await operate.mutate('offboardTenant', { tenantId, confirmSlug: slug, retentionDays: 0 }, 'tenant { id }');
    const events = await eventsUntil(tenantId, 'offboardingSuccess');
    expect(events.map(({ source, 'detail-type': type }) => `${source} ${type}`).sort()).toEqual([
      'sbt.application.plane sbt_aws_activateSuccess',
      'sbt.application.plane sbt_aws_deactivateSuccess',
      'sbt.application.plane sbt_aws_deprovisionSuccess',
      'sbt.application.plane sbt_aws_offboardingSuccess',
      'sbt.application.plane sbt_aws_onboardingSuccess',
      'sbt.application.plane sbt_aws_provisionSuccess',
      'sbt.control.plane sbt_aws_activateRequest',
      'sbt.control.plane sbt_aws_deactivateRequest',
      'sbt.control.plane sbt_aws_offboardingRequest',
      'sbt.control.plane sbt_aws_onboardingRequest',
      'sbt.control.plane sbt_aws_tenantUserCreated',
      'sbt.control.plane sbt_aws_tenantUserDeleted',
    ]);
    const detailOf = (name: string) => events.find((event) => event['detail-type'] === `sbt_aws_${name}`)?.detail;
    const ids = { tenantId, tenantRegistrationId: expect.any(String) as string };
    const eventId = expect.any(String) as string;
    const tenantData = { email: `admin@${slug}.example`, tier: 'BASIC', slug };
    expect(detailOf('onboardingRequest')).toMatchObject({ ...ids, ...tenantData, eventId });
    expect(detailOf('offboardingRequest')).toMatchObject({ ...ids, ...tenantData, sbtaws_active: false, eventId });
    expect(detailOf('onboardingSuccess')).toMatchObject({
      ...ids,
      jobOutput: { tenantData, tenantRegistrationData: { registrationStatus: 'ACTIVE' } },
    });
    expect(detailOf('tenantUserCreated')).toMatchObject({ email: tenantData.email, role: 'TENANT_ADMIN' });

    const examples = await documentedEvents();
    expect(examples.map((example) => example['detail-type'])).toEqual([
      'sbt_aws_offboardingRequest',
      'sbt_aws_onboardingSuccess',
    ]);
    for (const example of examples) {
      const real = events.find((event) => event['detail-type'] === example['detail-type']);
      expect(real && inTheWordsOf(real, example)).toEqual(inTheWordsOf(example, example));
    }
  }, 150_000);

  /** The examples of docs/events.md. */
  async function documentedEvents(): Promise<SeenEvent[]> {
    const text = await readFile('docs/events.md', 'utf8');
    return [...text.matchAll(/^```json\n(.*?)^```/gms)].map(([, json = '']) => JSON.parse(json) as SeenEvent);
  }

  /** An event as if it were of the example's tenant; the version, of which an event id is made, counts what had happened before. */
  function inTheWordsOf({ source, 'detail-type': type, detail }: SeenEvent, example: SeenEvent): unknown {
    const [own, other] = [namesIn(detail), namesIn(example.detail)];
    const text = own.reduce((json, name, index) => json.replaceAll(name, other[index] ?? ''), JSON.stringify(detail));
    return { source, type, detail: JSON.parse(text.replace(/-\d+-(?=\w+"}$)/, '-version-')) as unknown };
  }

  /** What differs from tenant to tenant. */
  function namesIn(detail: SeenEvent['detail']): string[] {
    const slug = /"slug":"([^"]+)"/.exec(JSON.stringify(detail))?.[1];
    return [detail.tenantId, String(detail['tenantRegistrationId']), String(slug)];
  }
});
