import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { S3Client } from '@aws-sdk/client-s3';
import type { TransitionItem } from '../../schema/transition.ts';
import type { Clock } from '../layer/clock.ts';
import type { CreateId } from '../layer/ids.ts';
import type { DynamoDBDocumentClient } from '../layer/documents.ts';
import type { StackFacts, StackMappingItem, TenantItem } from '../layer/registry.ts';
import type { RunTables } from '../layer/runs/new-run.ts';
import type { TransactItems } from '../layer/transact.ts';

export interface Dependencies {
  readonly documents: DynamoDBDocumentClient;
  readonly cognito: Pick<CognitoIdentityProviderClient, 'send'>;
  readonly objects: Pick<S3Client, 'send'>;
  readonly exportBucket: string;
  /** A client that reaches one tenant's rows, in the tables that the data role is of. */
  readonly tenantSession: (dataRoleArn: string, tenantId: string) => Promise<DynamoDBDocumentClient>;
  readonly tables: RunTables &
    Readonly<
      Record<
        | 'TENANTS_TABLE'
        | 'TRANSITIONS_TABLE'
        | 'TENANT_USERS_TABLE'
        | 'GATES_TABLE'
        | 'REGISTRATIONS_TABLE'
        | 'AUDIT_LOG_TABLE'
        | 'USAGE_TABLE',
        string
      >
    >;
  readonly clock: Clock;
  readonly createRunId: CreateId;
  readonly region: string;
  /** How many of a tenant's rows a step of a move works on at a time. */
  readonly rowsAtATime: number;
}

/** A tenant in a transition, as both were read together. */
export interface Situation<Item extends TransitionItem = TransitionItem> {
  readonly transition: Item;
  readonly tenant: TenantItem;
}

/** What a step found and did, to be recorded in one transaction. */
export interface Progress<Item extends TransitionItem = TransitionItem> {
  /** What comes next; the same step goes on without it. `END`: nothing more, the transition is removed. */
  readonly step?: Item['step'] | 'END';
  /** Changes of the transition; undefined removes. */
  readonly set?: Partial<Omit<Item, 'step' | 'kind' | 'tenantId' | 'revision'>>;
  /** Changes of the tenant; undefined removes. */
  readonly tenant?: Partial<TenantItem>;
  /** What of the tenant as it was read decided them: if it is not so any more, nothing is written and the step is done again. */
  readonly restsOn?: Partial<TenantItem>;
  /** Other writes. */
  readonly writes?: TransactItems;
  /** When it is to go on, if not now. */
  readonly dueAt?: Date;
}

/**
 * One piece of work, outside our tables in a way that bears repeating. It ends in seconds: one that has more to do
 * answers how far it came and is called again.
 */
export type Step<Item extends TransitionItem = TransitionItem> = (
  situation: Situation<Item>,
  dependencies: Dependencies,
) => Promise<Progress<Item>>;

/** A tenant stack whose tables are there. */
export type ReadyStack = StackMappingItem & StackFacts;
