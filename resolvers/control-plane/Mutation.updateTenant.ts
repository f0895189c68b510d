import { type Context, runtime, util } from '@aws-appsync/utils';
import { operations, transactWrite } from '@aws-appsync/utils/dynamodb';
import type { MutationUpdateTenantArgs, UpdateTenantInput } from '../../generated/control-plane.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { auditPut } from '../lib/registry/audit.ts';
import {
  noSuchTenant,
  obstacle,
  type Refusal,
  refuseTenant,
  type TenantTransactionContext,
} from '../lib/registry/tenantPayload.ts';
import { userError } from '../lib/userError.ts';
import { checkText, found, invalidInput, trimmed } from '../lib/validation.ts';

export function request(ctx: Context<MutationUpdateTenantArgs>) {
  const { tenantId, expectedVersion } = ctx.args.input;
  const changes = changesOf(ctx.args.input);
  const userErrors = found([
    changes.name === undefined ? null : checkText('name', changes.name, { shortest: 1, longest: 100 }),
    changes.currency === undefined ? null : checkCurrency(changes.currency),
    Object.keys(changes).length === 0 ? nothingToChange : null,
  ]);
  if (userErrors.length > 0) runtime.earlyReturn({ refusal: { tenant: null, userErrors } });
  if (!isIdentifier(tenantId)) runtime.earlyReturn({ refusal: noSuchTenant });
  return transactWrite({
    items: [
      {
        updateItem: {
          table: ctx.env.TENANTS_TABLE ?? '',
          key: { tenantId },
          update: { ...changes, version: operations.increment(1), updatedAt: util.time.nowISO8601() },
          condition: {
            listing: { eq: 'TENANT' },
            ...(typeof expectedVersion === 'number' ? { version: { eq: expectedVersion } } : {}),
          },
        },
      },
      auditPut(ctx, { tenantId, detail: changes }),
    ],
  });
}

export function response(ctx: TenantTransactionContext<MutationUpdateTenantArgs>): Refusal {
  const current = obstacle(ctx);
  if (current === undefined) return {};
  if (!current) return { refusal: noSuchTenant };
  const message = `The tenant has version ${current.version}, expected ${ctx.args.input.expectedVersion}; read it again.`;
  return { refusal: refuseTenant('VERSION_CONFLICT', 'expectedVersion', message) };
}

interface Changes {
  readonly name?: string;
  readonly currency?: string;
}

function changesOf(input: UpdateTenantInput): Changes {
  const name = trimmed(input.name);
  const { currency } = input;
  return { ...(name === null ? {} : { name }), ...(typeof currency === 'string' ? { currency } : {}) };
}

const nothingToChange = userError('INVALID_INPUT', null, 'Nothing to change: give a name or a currency.');

/** The form alone: which currencies there are changes, and is the tenant's business. */
function checkCurrency(currency: string) {
  if (util.matches('^[A-Z]{3}$', currency)) return null;
  return invalidInput('currency', 'is no ISO 4217 code, expected three capital letters like EUR');
}
