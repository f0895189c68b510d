/** Asks the function for a page's operators; the page and its cursors are made here. */
import { type Context, type LambdaRequest, util } from '@aws-appsync/utils';
import type { Operator, QueryOperatorsArgs } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { itemsLacking, openPage, type Page, takeItems, toConnection } from '../lib/page.ts';
import { operator } from '../lib/registry/operator.ts';

/** What operators are sorted by: `ann@example.com#<id>` */
type ListedOperator = Operator & { readonly sortKey: string };

type OperatorsContext = Context<
  QueryOperatorsArgs,
  { page: Page<ListedOperator> },
  undefined,
  undefined,
  readonly ListedOperator[]
>;

export function request(ctx: OperatorsContext): LambdaRequest {
  const page = openPage<ListedOperator>({ owner: 'operator', query: 'operators' }, ctx.args);
  ctx.stash.page = page;
  if (!page.next) return util.error('There is no further place to read from.', 'Fault');
  const range = { limit: itemsLacking(page), after: page.next.after };
  return { operation: 'Invoke', payload: { field: ctx.info.fieldName, arguments: range, identity: operator(ctx) } };
}

export function response(ctx: OperatorsContext) {
  failOnError(ctx);
  const items = ctx.result;
  const answer = { items, matching: items, more: items.length === itemsLacking(ctx.stash.page), sort: 'sortKey' };
  return toConnection(takeItems(ctx.stash.page, answer));
}
