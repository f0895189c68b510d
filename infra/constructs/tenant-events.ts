import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { allow, PlaneFunction } from './plane-function.ts';

export interface TenantEventsProps {
  /** Where `bundleFunctions` put the bundles. */
  readonly bundles: string;
  /** Tenants and TenantUsers: their streams have a reader free. */
  readonly follows: readonly ITable[];
}

/** SBT-AWS's bus, and what tells it of tenants and users. What runs become, Lifecycle tells: both readers of their stream are taken. */
export class TenantEvents extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { bundles, follows }: TenantEventsProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', { eventBusName: 'cotenant-events' });
    const { function: publisher } = new PlaneFunction(this, 'Publisher', {
      bundles,
      folder: 'tenant-events',
      environment: { EVENT_BUS: this.bus.eventBusName },
      permissions: [allow(['events:PutEvents'], [this.bus.eventBusArn])],
    });
    for (const table of follows) {
      // Without a number of attempts: a change is sent until the bus has it, as long as the stream keeps it (24 hours).
      publisher.addEventSource(
        new DynamoEventSource(table, {
          startingPosition: StartingPosition.TRIM_HORIZON,
          reportBatchItemFailures: true,
          batchSize: 100,
        }),
      );
    }
  }
}
