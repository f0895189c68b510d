import { type BusEvent, defaultBus, type EventStore, type Rule } from '../store.ts';
import { parseSchedule } from './parse-schedule.ts';

export interface Scheduler {
  /** Fires every rule that was due since the last time. */
  runDue(): Promise<void>;
  start(): void;
  stop(): void;
}

const interval = 1000;

/** Schedule rules. What would have fired while the cloud was not running is not made up for. */
export function createScheduler(
  store: EventStore,
  newId: () => string,
  fire: (rule: Rule, event: BusEvent) => Promise<void>,
): Scheduler {
  const { clock, environment } = store;
  let checkedTo = clock.now();
  let timer: NodeJS.Timeout | undefined;

  const runDue = async (): Promise<void> => {
    const from = checkedTo;
    const to = clock.now();
    checkedTo = to;
    const due = store
      .rulesOf(defaultBus)
      .filter(
        ({ enabled, schedule, createdAt }) =>
          enabled && schedule !== undefined && parseSchedule(schedule)(createdAt, from, to),
      );
    await Promise.all(
      due.map((rule) =>
        fire(rule, {
          version: '0',
          id: newId(),
          'detail-type': 'Scheduled Event',
          source: 'aws.events',
          account: environment.accountId,
          time: new Date(to).toISOString().replace(/\.\d+Z$/, 'Z'),
          region: environment.region,
          resources: [store.ruleArn(rule.bus, rule.name)],
          detail: {},
        }),
      ),
    );
  };

  return {
    runDue,
    start() {
      checkedTo = clock.now();
      timer = setInterval(() => {
        runDue().catch((error: unknown) => void process.stderr.write(`EventBridge schedules: ${String(error)}\n`));
      }, interval);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}
