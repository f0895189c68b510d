import { openProductPage, type ProductPageContext, queryProducts, takeProducts } from '../lib/commerce/productPage.ts';
import { toConnection } from '../lib/page.ts';

export function request(ctx: ProductPageContext) {
  ctx.stash.page = openProductPage(ctx);
  return queryProducts(ctx);
}

export function response(ctx: ProductPageContext) {
  ctx.stash.page = takeProducts(ctx);
  return toConnection(ctx.stash.page);
}
