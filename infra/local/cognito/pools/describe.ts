import type { Client, Group, Pool } from '../model.ts';
import { attributesOf } from './attribute-schema.ts';
import { defaultPasswordPolicy } from './pool-settings.ts';

/** UserPoolType. Source: Amazon Cognito user pools API reference. */
export function describePool(pool: Pool, users: number) {
  const { Schema, Policies, ...settings } = pool.settings;
  return {
    ...settings,
    EnabledMfas: undefined,
    Id: pool.id,
    Name: pool.name,
    Arn: pool.arn,
    Policies: { PasswordPolicy: defaultPasswordPolicy, ...Policies },
    SchemaAttributes: [...attributesOf(Schema).values()].map((attribute) => ({
      Name: attribute.name,
      AttributeDataType: attribute.type,
      DeveloperOnlyAttribute: false,
      Mutable: attribute.mutable,
      Required: attribute.required,
      ...limits(attribute),
    })),
    CreationDate: new Date(pool.createdAt),
    LastModifiedDate: new Date(pool.modifiedAt),
    EstimatedNumberOfUsers: users,
  };
}

function limits({ type, minimum, maximum }: { type: string; minimum?: number; maximum?: number }) {
  const text = (value: number | undefined) => (value === undefined ? undefined : String(value));
  if (type === 'String') return { StringAttributeConstraints: { MinLength: text(minimum), MaxLength: text(maximum) } };
  if (type === 'Number') return { NumberAttributeConstraints: { MinValue: text(minimum), MaxValue: text(maximum) } };
  return {};
}

/** UserPoolClientType. */
export function describeClient(client: Client) {
  return {
    ...client.settings,
    UserPoolId: client.poolId,
    ClientId: client.id,
    ClientName: client.name,
    ...(client.secret && { ClientSecret: client.secret }),
    CreationDate: new Date(client.createdAt),
    LastModifiedDate: new Date(client.modifiedAt),
  };
}

/** GroupType. */
export function describeGroup(group: Group) {
  return {
    GroupName: group.name,
    UserPoolId: group.poolId,
    Description: group.description,
    Precedence: group.precedence,
    RoleArn: group.roleArn,
    CreationDate: new Date(group.createdAt),
    LastModifiedDate: new Date(group.modifiedAt),
  };
}
