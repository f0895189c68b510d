import type { JsonObject, ResourceScope } from '../../service.ts';

/** What both CloudFormation types of tables come down to. */
export interface DesiredTable {
  readonly name: string;
  readonly attributeDefinitions: readonly JsonObject[];
  readonly keySchema: readonly JsonObject[];
  readonly globalIndexes: readonly JsonObject[];
  readonly localIndexes: readonly JsonObject[];
  readonly billingMode: 'PAY_PER_REQUEST' | 'PROVISIONED';
  readonly throughput: JsonObject | undefined;
  /** `NEW_AND_OLD_IMAGES` and the like; absent: no stream. */
  readonly streamView: string | undefined;
  readonly deletionProtection: boolean;
  readonly encryption: JsonObject | undefined;
  /** The attribute that ends an item. */
  readonly timeToLive: string | undefined;
  /** Days of point-in-time recovery; absent: none. */
  readonly recoveryDays: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export type ReadTable = (scope: ResourceScope, name: string, properties: JsonObject) => DesiredTable;
