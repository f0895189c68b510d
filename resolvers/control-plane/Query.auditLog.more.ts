/** Fills a page that a filter left short from where the first query stopped. */
import { runtime } from '@aws-appsync/utils';
import { isShort, toConnection } from '../lib/page.ts';
import { type AuditPageContext, queryAudit, takeAudit } from '../lib/registry/auditPage.ts';

export function request(ctx: AuditPageContext) {
  if (!isShort(ctx.stash.page)) runtime.earlyReturn(toConnection(ctx.stash.page));
  return queryAudit(ctx);
}

export function response(ctx: AuditPageContext) {
  return toConnection(takeAudit(ctx));
}
