import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { publicLimits } from '../../schema/public-gate.ts';
import type { DataSourceSpecification } from './data-sources.ts';
import { TenantTable } from './tenant-table.ts';

/** The gate of the public fields: its items, which expire, and its limits as a parameter of the stack. */
export class PublicGate extends Construct {
  readonly dataSource: DataSourceSpecification;
  /** JSON, for the resolvers. */
  readonly limits: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const table = new TenantTable(this, 'Callers', { partitionKey: 'chargedTo', timeToLiveAttribute: 'expiresAt' });
    this.dataSource = { kind: 'table', access: [{ table, actions: ['GetItem', 'UpdateItem'] }] };
    this.limits = new CfnParameter(Stack.of(this), 'PublicLimits', {
      default: JSON.stringify(publicLimits),
      // An environment variable of AppSync holds as much.
      maxLength: 512,
      description:
        'What may be asked of the public fields, by network and by e-mail address: JSON, see schema/public-gate.ts',
    }).valueAsString;
  }
}
