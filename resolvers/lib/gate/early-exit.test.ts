import { expect, test } from 'vitest';
import { parseModule } from '../../../infra/local/appsync/language/index.ts';
import { earlyExit } from '../../../infra/local/appsync/runtime/early-exit.ts';
import { bundleStep } from '../../testing/bundle-step.ts';

/** Every request of the application plane passes these: locally they take no time if they are written so that the host can tell. */
test.each(['chargeBusy', 'chargeIdleAgain', 'chargeBusyAgain', 'countRefusal'])(
  'the local cloud need not run %s for a request that the first step admitted',
  (step) => {
    const parsed = parseModule(bundleStep(`lib/gate/${step}`));
    if ('error' in parsed) throw new Error(parsed.error.message);
    const exit = earlyExit(parsed.program);
    expect(exit?.holds({ gateTime: 1, usage: { today: 1, thisMonth: 1 } })).toBe(true);
    expect(exit?.holds({ gateTime: 1 })).toBe(false);
  },
);
