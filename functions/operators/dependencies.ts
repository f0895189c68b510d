import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../layer/clock.ts';
import type { FieldCall, OperatorIdentity } from '../layer/field-call.ts';

export interface Dependencies {
  readonly cognito: CognitoIdentityProviderClient;
  readonly documents: DynamoDBDocumentClient;
  readonly userPoolId: string;
  readonly auditLogTable: string;
  readonly clock: Clock;
}

/** A call of one of these fields by an operator. */
export type OperatorCall<Arguments> = FieldCall<Arguments, OperatorIdentity>;
