/** What the two steps of Query.auditLog share. The newest entries come first. */
import { type Context, util } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import type { AuditEntry, QueryAuditLogArgs } from '../../../generated/control-plane.ts';
import { badRequest } from '../badRequest.ts';
import { failOnError } from '../failOnError.ts';
import { isIdentifier } from '../identifier.ts';
import { itemsLacking, openPage, type Page, takeItems } from '../page.ts';

export type AuditPageContext = Context<
  QueryAuditLogArgs,
  { page: Page<AuditEntry> },
  undefined,
  undefined,
  { readonly items: readonly AuditEntry[]; readonly nextToken: string | null }
>;

/** Items that one query reads at most to fill a page that is filtered. */
const mostEvaluated = 250;

export function openAuditPage(ctx: AuditPageContext): Page<AuditEntry> {
  const { tenantId, action } = ctx.args.filter ?? {};
  if (tenantId && !isIdentifier(tenantId)) badRequest('filter.tenantId: not an id of a tenant');
  if (action && action.length > 100) badRequest('filter.action: expected the name of a field');
  const of = ['auditLog', tenantId ?? null, action ?? null];
  return openPage({ owner: 'operator', query: JSON.stringify(of) }, ctx.args);
}

export function queryAudit(ctx: AuditPageContext) {
  const { page } = ctx.stash;
  const { tenantId, action } = ctx.args.filter ?? {};
  if (!page.next) return util.error('There is no further place to read from.', 'Fault');
  const before = page.next.after ? { id: { lt: page.next.after } } : {};
  const limit = action ? mostEvaluated : itemsLacking(page);
  return tenantId
    ? query<{ tenantId: string; id: string }>({
        index: 'tenantId',
        query: { tenantId: { eq: tenantId }, ...before },
        scanIndexForward: false,
        limit,
      })
    : query<{ listing: string; id: string }>({
        query: { listing: { eq: 'AUDIT' }, ...before },
        scanIndexForward: false,
        limit,
      });
}

export function takeAudit(ctx: AuditPageContext): Page<AuditEntry> {
  failOnError(ctx);
  const { items, nextToken } = ctx.result;
  const action = ctx.args.filter?.action;
  const matching = items.filter((entry) => !action || entry.action === action);
  return takeItems(ctx.stash.page, { items, matching, more: nextToken !== null, sort: 'id' });
}
