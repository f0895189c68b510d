import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

export interface TenantTableProps {
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** Index name → its keys; every index projects all attributes. */
  readonly indexes?: Readonly<Record<string, { readonly partitionKey: string; readonly sortKey?: string }>>;
  /** Set where changes drive something: the stream is the outbox. */
  readonly stream?: boolean;
  readonly timeToLiveAttribute?: string;
}

/** A table as all of ours are: on demand, encrypted, restorable to any second, and not deleted by mistake. */
export class TenantTable extends Table {
  constructor(scope: Construct, id: string, props: TenantTableProps) {
    super(scope, id, {
      partitionKey: { name: props.partitionKey, type: AttributeType.STRING },
      ...(props.sortKey !== undefined && { sortKey: { name: props.sortKey, type: AttributeType.STRING } }),
      ...(props.stream && { stream: StreamViewType.NEW_AND_OLD_IMAGES }),
      ...(props.timeToLiveAttribute !== undefined && { timeToLiveAttribute: props.timeToLiveAttribute }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    for (const [indexName, keys] of Object.entries(props.indexes ?? {})) {
      this.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: keys.partitionKey, type: AttributeType.STRING },
        ...(keys.sortKey !== undefined && { sortKey: { name: keys.sortKey, type: AttributeType.STRING } }),
      });
    }
  }
}
