import type { RunItem } from '../../layer/runs/run-item.ts';
import type { Services, Work } from '../work.ts';

export interface TestWork extends Work {
  readonly lines: string[];
}

/** A run of tenant T1 to release 2, with no more of AWS than a test gives; whatever else is asked for is a fault of the test. */
export function aWork(services: Partial<Services> = {}, of: Partial<RunItem> = {}): TestWork {
  const lines: string[] = [];
  let run: RunItem = {
    runId: 'R1',
    tenantId: 'T1',
    action: 'UPDATE',
    release: '2',
    status: 'RUNNING',
    attempt: 1,
    steps: [],
    logTail: [],
    requestedBy: 'system',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    ...of,
  };
  const given = {
    tables: { PROVISIONING_RUNS_TABLE: 'runs', TENANT_STACK_MAPPING_TABLE: 'mapping' },
    releaseBucket: 'releases',
    region: 'us-east-1',
    stackRoleArn: 'arn:aws:iam::000000000000:role/stacks',
    clock: () => new Date('2026-01-01T00:00:00.000Z'),
    pause: () => Promise.resolve(),
    ...services,
  };
  return {
    lines,
    services: given as Services,
    stackName: 'cotenant-tenant-T1',
    get run() {
      return run;
    },
    log: (line) => void lines.push(line),
    keep: async (notes) => {
      run = { ...run, notes: { ...run.notes, ...notes } };
    },
  };
}
