import { applicationPermissions, controlPlanePermissions, deniedFields } from '../../../schema/permissions.ts';
import type { OperatorRole } from '../../../generated/control-plane.ts';
import type { Attack, AttackGroup } from '../attack.ts';
import { exchange } from '../exchange.ts';
import { authorized, type Judge, unauthorized } from '../judgements.ts';
import { type Choose, type Field, fieldsOf, operationOf } from '../operations.ts';
import { type Member, tenantRoles, type World } from '../subjects.ts';

const missing = '01BX5ZZKBKACTAV9WEVGEMMVRZ';

/** Nothing that a field accepts, so that trying every field changes nothing. */
export const harmless: Choose = (path, type) => {
  if (type.name === 'ID') return missing;
  if (type.name === 'String') return '';
  if (type.name === 'Int') return path === 'first' ? 1 : -1;
  return undefined;
};

/** The whole matrix of roles and fields but subscriptions, tried: what the table denies is refused, what it allows is let in. */
export function roleAttacks(world: World): AttackGroup {
  return {
    name: 'roles',
    claim: 'Every field answers each role of each tier as the table of permissions says, and nobody else.',
    *attacks() {
      yield* applicationMatrix(world);
      yield* controlPlaneMatrix(world);
    },
  };
}

const overHttp = ({ rootType }: Field): boolean => rootType !== 'Subscription';

function* applicationMatrix({ subjects, operators }: World): Iterable<Attack> {
  for (const subject of subjects) {
    const url = subject.place.graphqlUrl;
    for (const role of tenantRoles) {
      const denied = new Set(deniedFields(applicationPermissions, role, subject.tier));
      for (const field of fieldsOf('application').filter(overHttp)) {
        yield attempt(`${subject.tier} ${role}`, url, bearer(subject.members[role]), field, judgeOf(denied, field));
      }
    }
  }
  const url = subjects[0]?.place.graphqlUrl ?? '';
  for (const field of fieldsOf('application').filter(overHttp)) {
    yield attempt('SYSTEM_ADMIN at the application', url, bearer(operators.SYSTEM_ADMIN), field, unauthorized);
    yield attempt('nobody at the application', url, { label: 'nobody', headers: {} }, field, unauthorized);
  }
}

function* controlPlaneMatrix({ subjects, operators, controlPlane }: World): Iterable<Attack> {
  const url = controlPlane.graphqlUrl;
  const roles: readonly OperatorRole[] = ['SYSTEM_ADMIN', 'CUSTOMER_SUPPORT'];
  const fields = fieldsOf('control-plane').filter(overHttp);
  for (const role of roles) {
    const denied = new Set(deniedFields(controlPlanePermissions, role));
    for (const field of fields) yield attempt(role, url, bearer(operators[role]), field, judgeOf(denied, field));
  }
  const open = { label: 'the public key', headers: { 'x-api-key': controlPlane.apiKey } };
  const stranger = subjects[0]?.members.TENANT_ADMIN;
  for (const field of fields) {
    const isPublic = controlPlanePermissions[field.coordinate]?.roles.includes('PUBLIC') ?? false;
    yield attempt('the public key', url, open, field, isPublic ? authorized : unauthorized);
    yield attempt('nobody', url, { label: 'nobody', headers: {} }, field, unauthorized);
    if (stranger) yield attempt('a tenant’s admin', url, bearer(stranger), field, unauthorized);
  }
}

const judgeOf = (denied: ReadonlySet<string>, { coordinate }: Field): Judge =>
  denied.has(coordinate) ? unauthorized : authorized;

const bearer = ({ label, accessToken }: Member) => ({ label, headers: { authorization: accessToken } });

function attempt(
  who: string,
  url: string,
  as: { readonly label: string; readonly headers: Readonly<Record<string, string>> },
  field: Field,
  judge: Judge,
): Attack {
  const body = operationOf(field, harmless);
  return {
    name: `${who}: ${field.coordinate}`,
    run: async () => [await exchange({ url, as: as.label, headers: as.headers, body })],
    judge,
  };
}
