/** The runs of one stack; their ids sort by time, and the newest come first. */
import { type Context, util } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import type { ProvisioningRun, QueryProvisioningRunsArgs } from '../../generated/control-plane.ts';
import { badRequest } from '../lib/badRequest.ts';
import { failOnError } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { itemsLacking, openPage, type Page, takeItems, toConnection } from '../lib/page.ts';
import { type StoredRun, toRun } from '../lib/registry/provisioningRun.ts';

type RunsContext = Context<
  QueryProvisioningRunsArgs,
  { page: Page<ProvisioningRun> },
  undefined,
  undefined,
  { readonly items: readonly StoredRun[]; readonly nextToken: string | null }
>;

export function request(ctx: RunsContext) {
  const { tenantId } = ctx.args;
  if (!isIdentifier(tenantId)) badRequest('tenantId: not an id of a tenant, nor `pooled`');
  const of = JSON.stringify(['provisioningRuns', tenantId]);
  const page = openPage<ProvisioningRun>({ owner: 'operator', query: of }, ctx.args);
  ctx.stash.page = page;
  if (!page.next) return util.error('There is no further place to read from.', 'Fault');
  const { after } = page.next;
  return query<{ tenantId: string; runId: string }>({
    index: 'tenantId',
    query: { tenantId: { eq: tenantId }, ...(after ? { runId: { lt: after } } : {}) },
    scanIndexForward: false,
    limit: itemsLacking(page),
  });
}

export function response(ctx: RunsContext) {
  failOnError(ctx);
  const items = ctx.result.items.map((item) => toRun(item));
  const answer = { items, matching: items, more: ctx.result.nextToken !== null, sort: 'id' };
  return toConnection(takeItems(ctx.stash.page, answer));
}
