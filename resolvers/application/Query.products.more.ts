/** Fills a short page from where the first query stopped: the rest of the shard, or the next one. */
import { runtime } from '@aws-appsync/utils';
import { type ProductPageContext, queryProducts, takeProducts } from '../lib/commerce/productPage.ts';
import { isShort, toConnection } from '../lib/page.ts';

export function request(ctx: ProductPageContext) {
  if (!isShort(ctx.stash.page)) runtime.earlyReturn(toConnection(ctx.stash.page));
  return queryProducts(ctx);
}

export function response(ctx: ProductPageContext) {
  return toConnection(takeProducts(ctx));
}
