import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { AccountRootPrincipal, PrincipalWithConditions, Role, SessionTagsPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { tenantTag } from '../../schema/tenant-tag.ts';
import { allow } from './plane-function.ts';

/** Below it are the data roles of all tenant stacks: what functions may assume them. */
export const dataRolePath = '/cotenant/tenant-data/';

export interface TenantDataRoleProps {
  /** Tables of the stack, by shard id: `<tenantId>#<n>`. */
  readonly sharded: readonly ITable[];
  /** Tables by tenant id. */
  readonly byTenant: readonly ITable[];
}

const rowActions = ['Query', 'BatchGetItem', 'BatchWriteItem', 'UpdateItem'].map((action) => `dynamodb:${action}`);
const ownTag = `\${aws:PrincipalTag/${tenantTag}}`;

/**
 * The role by which a function reaches one tenant's rows: layer/tenant-session.ts. A session has to name the tenant in its tag and can
 * name nothing else; the rows are those whose partition key is that tenant's. The Null conditions are there because a
 * condition on all values of a key is true of a request that has no such key.
 * Source: IAM user guide, "Single-valued vs. multivalued context keys"; DynamoDB developer guide, "Using IAM policy conditions".
 */
export class TenantDataRole extends Role {
  constructor(scope: Construct, id: string, { sharded, byTenant }: TenantDataRoleProps) {
    super(scope, id, {
      path: dataRolePath,
      assumedBy: new PrincipalWithConditions(new SessionTagsPrincipal(new AccountRootPrincipal()), {
        StringLike: { [`aws:RequestTag/${tenantTag}`]: '?*' },
        'ForAllValues:StringEquals': { 'aws:TagKeys': [tenantTag] },
        Null: { 'aws:TagKeys': 'false' },
      }),
    });
    const only = (keys: string) => ({
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [keys] },
      Null: { 'dynamodb:LeadingKeys': 'false', [`aws:PrincipalTag/${tenantTag}`]: 'false' },
    });
    const arns = (tables: readonly ITable[]) => tables.map(({ tableArn }) => tableArn);
    this.addToPolicy(allow(rowActions, arns(sharded), only(`${ownTag}#*`)));
    this.addToPolicy(allow(rowActions, arns(byTenant), only(ownTag)));
  }
}
