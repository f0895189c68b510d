import type { ProvisioningAction, RunStatus, StepStatus } from '../../../generated/control-plane.ts';
import { pooledStack } from '../registry.ts';

/** In ProvisioningRuns: one piece of work of the provisioning pipeline on one tenant stack. */
export interface RunItem {
  /** A ULID, so that the runs of a stack sort by time. */
  readonly runId: string;
  /** `pooled`, or the tenant's id. */
  readonly tenantId: string;
  readonly action: ProvisioningAction;
  readonly release: string;
  readonly status: RunStatus;
  /** 1, and one more with each retry. */
  readonly attempt: number;
  /** In the order in which they run. */
  readonly steps: readonly RunStep[];
  readonly failure?: string;
  readonly failedStep?: string;
  /** The last lines of its log, without secrets. */
  readonly logTail: readonly string[];
  /** The pipeline's execution, once it is started. */
  readonly executionId?: string;
  readonly rolloutId?: string;
  /** The onboarding that waits for it. */
  readonly registrationId?: string;
  /** What the program has to keep between its steps, should it be killed: resources that outlive their stack, for one. */
  readonly notes?: Readonly<Record<string, unknown>>;
  /** The build that works on it; what another one writes is refused. */
  readonly worker?: string;
  /** An operator's id, or `system`. */
  readonly requestedBy: string;
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly updatedAt: string;
}

export interface RunStep {
  readonly name: RunStepName;
  readonly status: StepStatus;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly message?: string;
}

export type RunStepName =
  | 'READ_RELEASE'
  | 'DEPLOY_STACK'
  | 'SMOKE_CHECK'
  | 'REGISTER'
  | 'LIFT_PROTECTION'
  | 'DELETE_STACK'
  | 'DELETE_RETAINED'
  | 'UNREGISTER';

const deployment: readonly RunStepName[] = ['READ_RELEASE', 'DEPLOY_STACK', 'SMOKE_CHECK', 'REGISTER'];
const removal: readonly RunStepName[] = ['LIFT_PROTECTION', 'DELETE_STACK', 'DELETE_RETAINED', 'UNREGISTER'];

/** What a run of that kind does, nothing of it begun. */
export function stepsOf(action: ProvisioningAction): RunStep[] {
  return (action === 'DEPROVISION' ? removal : deployment).map((name) => ({ name, status: 'PENDING' }));
}

/** Whether nothing more will happen to it by itself. */
export function isRunSettled({ status }: Pick<RunItem, 'status'>): boolean {
  return status === 'SUCCEEDED' || status === 'FAILED';
}

/** `cotenant-pooled`, or `cotenant-tenant-<tenantId>`. */
export function stackNameOf(tenantId: string): string {
  return tenantId === pooledStack ? 'cotenant-pooled' : `cotenant-tenant-${tenantId}`;
}

/** `pooled`, or a ULID: what may become part of a stack's name. */
export function isStackOwner(tenantId: string): boolean {
  return tenantId === pooledStack || /^[0-9A-HJKMNP-TV-Z]{26}$/.test(tenantId);
}
