import { systemClock } from '../layer/clock.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { observe } from '../layer/observe.ts';
import { meter } from './meter.ts';

const tables = readEnvironment('TENANTS_TABLE', 'TENANT_USERS_TABLE', 'GATES_TABLE', 'USAGE_TABLE');

/** Runs by a schedule: brings Usage up to what the gates have counted, and takes out of the gates who need not be blocked there any more. */
export const handler = observe(meter({ documents: createDocuments(), tables, clock: systemClock }));
