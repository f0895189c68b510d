import type { Operation } from '../../service.ts';
import type { AssumeRole } from '../assume-role.ts';
import type { Sessions } from '../sessions.ts';
import type { IdentityStore } from '../store.ts';
import { assumeRole } from './assume-role.ts';
import { getCallerIdentity } from './get-caller-identity.ts';

export interface StsServices {
  readonly store: IdentityStore;
  readonly sessions: Sessions;
  readonly assumeRole: AssumeRole;
}

export function stsOperations(services: StsServices): Record<string, Operation> {
  return { AssumeRole: assumeRole(services), GetCallerIdentity: getCallerIdentity };
}
