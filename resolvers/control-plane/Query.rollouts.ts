import { type Context, util } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import type { QueryRolloutsArgs, Rollout } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { itemsLacking, openPage, type Page, takeItems, toConnection } from '../lib/page.ts';
import { type StoredRollout, toRollout } from '../lib/registry/rollout.ts';

type RolloutsContext = Context<
  QueryRolloutsArgs,
  { page: Page<Rollout> },
  undefined,
  undefined,
  { readonly items: readonly StoredRollout[]; readonly nextToken: string | null }
>;

export function request(ctx: RolloutsContext) {
  const page = openPage<Rollout>({ owner: 'operator', query: 'rollouts' }, ctx.args);
  ctx.stash.page = page;
  if (!page.next) return util.error('There is no further place to read from.', 'Fault');
  const { after } = page.next;
  return query<{ listing: string; rolloutId: string }>({
    index: 'listing',
    query: { listing: { eq: 'ROLLOUT' }, ...(after ? { rolloutId: { lt: after } } : {}) },
    scanIndexForward: false,
    limit: itemsLacking(page),
  });
}

export function response(ctx: RolloutsContext) {
  failOnError(ctx);
  const items = ctx.result.items.map((item) => toRollout(item));
  const answer = { items, matching: items, more: ctx.result.nextToken !== null, sort: 'id' };
  return toConnection(takeItems(ctx.stash.page, answer));
}
