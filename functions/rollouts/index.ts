import { systemClock } from '../layer/clock.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { ulids } from '../layer/ids.ts';
import { observe } from '../layer/observe.ts';
import { resolveRollouts } from './resolve-rollouts.ts';

const tables = readEnvironment('ROLLOUTS_TABLE', 'RELEASES_TABLE', 'TENANT_STACK_MAPPING_TABLE', 'AUDIT_LOG_TABLE');

/** Resolves the mutations of rollouts. */
export const handler = observe(
  resolveRollouts({ documents: createDocuments(), tables, clock: systemClock, createId: ulids() }),
);
