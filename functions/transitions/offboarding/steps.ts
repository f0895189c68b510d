import type { OffboardingItem } from '../../../schema/transition.ts';
import type { Step } from '../dependencies.ts';
import { removeData } from '../removal/remove-data.ts';
import { removeStack } from '../removal/remove-stack.ts';
import { removeUsers } from '../removal/remove-users.ts';
import { exportData } from './export-data.ts';
import { purgeRecords } from './purge-records.ts';
import { suspend } from './suspend.ts';

/** The window is over. From the moment that this is recorded, cancelOffboarding comes too late. */
const retain: Step<OffboardingItem> = () => Promise.resolve({ step: 'PURGE_STACK' });

const purgeStack: Step<OffboardingItem> = async (situation, dependencies) =>
  (await removeStack(situation.transition.fromStack, situation, dependencies)) ?? { step: 'PURGE_DATA' };

const purgeData: Step<OffboardingItem> = async (situation, dependencies) =>
  (await removeData(situation.transition.fromStack, situation, dependencies)) ?? { step: 'PURGE_USERS' };

const purgeUsers: Step<OffboardingItem> = async (situation, dependencies) =>
  (await removeUsers(situation.transition.fromStack, { ...situation, andMemberships: true }, dependencies)) ?? {
    step: 'PURGE_RECORDS',
  };

const done: Step<OffboardingItem> = () => Promise.resolve({ step: 'END' });

/** What each step of an offboarding does; docs/tenant-lifecycle.md tells how to undo it. */
export const offboardingSteps: Readonly<Record<OffboardingItem['step'], Step<OffboardingItem>>> = {
  SUSPEND: suspend,
  EXPORT: exportData,
  RETAIN: retain,
  PURGE_STACK: purgeStack,
  PURGE_DATA: purgeData,
  PURGE_USERS: purgeUsers,
  PURGE_RECORDS: purgeRecords,
  DONE: done,
};
