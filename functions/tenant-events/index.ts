import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { readEnvironment } from '../layer/environment.ts';
import { publishEvents } from '../layer/events/publish-events.ts';
import { observe } from '../layer/observe.ts';
import { handleChanges } from '../layer/stream.ts';
import { withTenant } from '../layer/tenant-context.ts';
import { tenantEventsOf } from './tenant-events.ts';
import { userEventsOf } from './user-events.ts';

const { EVENT_BUS } = readEnvironment('EVENT_BUS');
const publisher = { eventBridge: new EventBridgeClient({}), busName: EVENT_BUS };

/** Tells the bus of tenants and their users, in the order of each one's changes; docs/events.md. */
export const handler = observe(
  handleChanges(async (change) => {
    const item = change.after ?? change.before;
    const events = item?.['listing'] === 'TENANT' ? tenantEventsOf(change) : userEventsOf(change);
    await withTenant({ tenantId: String(item?.['tenantId']) }, () => publishEvents(events, publisher));
  }, 'stop'),
);
