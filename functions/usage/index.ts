import { systemClock } from '../layer/clock.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { resolveFields } from '../layer/field-call.ts';
import { observe } from '../layer/observe.ts';
import { tenantUsage } from './tenant-usage.ts';
import { usageSummary } from './usage-summary.ts';

const dependencies = {
  clock: systemClock,
  documents: createDocuments(),
  tables: readEnvironment('TENANTS_TABLE', 'GATES_TABLE', 'USAGE_TABLE'),
};

/** Resolves what operators ask about usage. */
export const handler = observe(
  resolveFields({ tenantUsage: tenantUsage(dependencies), usageSummary: usageSummary(dependencies) }),
);
