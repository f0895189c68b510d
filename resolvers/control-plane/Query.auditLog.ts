import { toConnection } from '../lib/page.ts';
import { type AuditPageContext, openAuditPage, queryAudit, takeAudit } from '../lib/registry/auditPage.ts';

export function request(ctx: AuditPageContext) {
  ctx.stash.page = openAuditPage(ctx);
  return queryAudit(ctx);
}

export function response(ctx: AuditPageContext) {
  ctx.stash.page = takeAudit(ctx);
  return toConnection(ctx.stash.page);
}
