import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { UserErrorCode } from '../../generated/application.ts';
import type { Clock } from '../layer/clock.ts';
import type { DynamoDBDocumentClient } from '../layer/documents.ts';
import type { TransactItems } from '../layer/transact.ts';
import { type UserError, userError } from '../layer/user-error.ts';
import type { Person } from './membership.ts';

export interface Services {
  readonly documents: DynamoDBDocumentClient;
  readonly cognito: CognitoIdentityProviderClient;
  readonly tables: { readonly tenants: string; readonly tenantUsers: string; readonly gates: string };
  readonly clock: Clock;
}

/** Whose users are changed. Made from the caller's identity in the application plane, from the input in the control plane. */
export interface Scope {
  readonly tenantId: string;
  /** What records the action, for its transaction: nothing in the application plane. */
  audit(detail: Readonly<Record<string, unknown>>): TransactItems;
}

export interface UserPayload {
  readonly user: Person | null;
  readonly userErrors: readonly UserError<UserErrorCode>[];
}

export function refuse(code: UserErrorCode, field: string | null, message: string): UserPayload {
  return { user: null, userErrors: [userError(code, field, message)] };
}

/** The same for a user that never was and one of another tenant. */
export const noSuchUser = refuse('NOT_FOUND', 'id', 'There is no such user.');
export const noSuchTenant = refuse('NOT_FOUND', 'tenantId', 'There is no such tenant.');
