import { setTimeout as sleep } from 'node:timers/promises';
import { aCompany, type Company } from '../../test/support/given.ts';
import { graphqlData } from '../../test/support/graphql.ts';
import { shopOf } from '../../test/support/shop.ts';
import { barChart } from '../charts/bar-chart.ts';
import { openRestartable } from '../system/restartable.ts';
import { quantile, type Row } from '../report/figures.ts';
import { filterCost } from './filter-cost.ts';
import { heapOf } from './heap-of.ts';
import { judge, type Judgement, type Sent } from './judge.ts';
import { eventName, now } from './protocol.ts';
import { startSubscribers, type SubscriberProcess } from './subscriber-process.ts';

export interface RealtimeOptions {
  readonly tenants: number;
  readonly connectionsOfTenant: number;
  readonly events: number;
  /** Milliseconds after which what was done before, or at a start, is over. */
  readonly calm: number;
}

/** Sign-ups at once. */
const atOnce = 5;
/** Milliseconds between two changes: forty a second. */
const pace = 25;
/** How long the last deliveries are waited for. */
const patience = 30_000;

/** So many subscribers of so many tenants at one API, each tenant's people told of its changes and of no other's. */
export async function realtimeRows(
  options: RealtimeOptions,
): Promise<{ readonly rows: Row[]; readonly picture: string }> {
  const { tenants, connectionsOfTenant, events, calm } = options;
  const system = await openRestartable();
  const subscribers = startSubscribers();
  try {
    const companies: Company[] = [];
    while (companies.length < tenants) {
      const wanted = Math.min(atOnce, tenants - companies.length);
      companies.push(
        ...(await Promise.all(
          Array.from({ length: wanted }, () => aCompany(system.current().outputs, { tier: 'PREMIUM' })),
        )),
      );
    }
    // What the sign-ups left would be done meanwhile.
    const { outputs } = await system.restart();
    // As people do who have been here already: AppSync keeps the authorizer's answers.
    for (const { admin } of companies) await graphqlData(outputs.pooled.graphqlUrl, admin.headers, '{ me { id } }');
    await sleep(calm);
    const tokens = companies.map(({ admin }) => admin.accessToken);
    const { host } = new URL(outputs.pooled.graphqlUrl);
    const from = now();
    await subscribers.subscribe({ realtimeUrl: outputs.pooled.realtimeUrl, host, tokens, connectionsOfTenant });
    const seconds = (now() - from) / 1000;
    await sleep(calm);
    const connections = tenants * connectionsOfTenant;

    const sent: Sent[] = [];
    const changes: Promise<unknown>[] = [];
    for (let event = 0; event < events; event += 1) {
      const tenant = event % tenants;
      const company = companies[tenant];
      if (!company) throw new Error(`There is no tenant ${tenant}`);
      sent.push({ tenant, sequence: event, at: now() });
      changes.push(shopOf(outputs, company.admin).stock({ name: eventName(tenant, event) }));
      await sleep(pace);
    }
    await Promise.all(changes);
    const judgement = await untilHeard(subscribers, sent, connectionsOfTenant);
    const { delays, missing, wrong, repeated } = judgement;
    if (missing > 0 || wrong > 0)
      throw new Error(
        `Of ${events * connectionsOfTenant} deliveries ${missing} did not come and ${wrong} were wrong, expected none`,
      );
    const bytes = await heapOf(system.current());
    await subscribers.end();
    await sleep(calm);
    const kilobytes = (bytes - (await heapOf(system.current()))) / connections / 1000;
    const cost = filterCost(connections, tenants);
    const at = (share: number): string => `${quantile(delays, share).toFixed(0)} ms`;
    const rows: Row[] = [
      {
        name: `A change to its ${connectionsOfTenant} subscribers, of ${connections} of ${tenants} tenants`,
        figure: `p50 ${at(0.5)}, p99 ${at(0.99)} (n ${delays.length}; none missing, none wrong, ${repeated} repeated)`,
      },
      { name: `Filters of ${connections} subscribers, for one event`, figure: `${cost.toFixed(0)} µs` },
      {
        name: `${connections} connections and subscriptions, from the first to the last`,
        figure: `${seconds.toFixed(1)} s`,
      },
      {
        name: 'Memory of a connection with its subscription, in the heap and the buffers of the host, its garbage collected',
        figure: `${kilobytes.toFixed(1)} kB (of ${connections})`,
      },
    ];
    return { rows, picture: pictureOf(delays) };
  } finally {
    await subscribers.end();
    await system.close();
  }
}

/** How many deliveries took at most so long: the sample's quantiles. */
function pictureOf(delays: readonly number[]): string {
  const bars = [0.5, 0.9, 0.99, 0.999].map((share) => ({ label: `p${share * 100}`, value: quantile(delays, share) }));
  return barChart({ title: 'From the change to a subscriber', unit: 'ms', groups: [{ label: 'deliveries', bars }] });
}

async function untilHeard(subscribers: SubscriberProcess, sent: readonly Sent[], each: number): Promise<Judgement> {
  const end = now() + patience;
  for (;;) {
    const judgement = judge(sent, await subscribers.report(), each);
    if (judgement.missing === 0 || now() > end) return judgement;
    await sleep(250);
  }
}
