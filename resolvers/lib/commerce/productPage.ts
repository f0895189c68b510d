/** What the two steps of Query.products share. */
import { type Context, util } from '@aws-appsync/utils';
import type { Product, ProductFilter, QueryProductsArgs } from '../../../generated/application.ts';
import { badRequest } from '../badRequest.ts';
import { queryPartition } from '../dynamodb.ts';
import { failOnError } from '../failOnError.ts';
import { itemsLacking, openPage, type Page, takeItems } from '../page.ts';
import { caller, shardPartition } from '../tenantKey.ts';
import { type StoredProduct, toProduct } from './product.ts';

export interface ProductPageStash {
  page: Page<Product>;
}

export type ProductPageContext = Context<
  QueryProductsArgs,
  ProductPageStash,
  undefined,
  undefined,
  { readonly items: readonly StoredProduct[]; readonly nextToken: string | null }
>;

/** Items that one query reads at most to fill a filtered page. */
const mostEvaluated = 250;
const longestFilter = 200;

export function openProductPage(ctx: ProductPageContext): Page<Product> {
  const { category, sku, nameContains } = ctx.args.filter ?? {};
  const filter = [category ?? null, sku ?? null, nameContains ?? null];
  if (filter.some((part) => part !== null && part.length > longestFilter)) {
    badRequest(`filter: expected at most ${longestFilter} characters each`);
  }
  const { tenantId, shardCount } = caller(ctx);
  return openPage({ owner: tenantId, query: JSON.stringify(['products', ...filter]) }, ctx.args, shardCount);
}

export function queryProducts(ctx: ProductPageContext) {
  const { page } = ctx.stash;
  const place = page.next;
  if (!place) return util.error('There is no further place to read from.', 'Fault');
  return queryPartition({
    partition: shardPartition(ctx, place.shard),
    sort: 'productId',
    order: 'descending',
    after: place.after,
    limit: isFiltered(ctx.args.filter) ? mostEvaluated : itemsLacking(page),
  });
}

export function takeProducts(ctx: ProductPageContext): Page<Product> {
  failOnError(ctx);
  const items = ctx.result.items.map((item) => toProduct(item));
  const filter = ctx.args.filter;
  const matching = isFiltered(filter) ? items.filter((product) => matches(product, filter ?? {})) : items;
  return takeItems(ctx.stash.page, { items, matching, more: ctx.result.nextToken !== null, sort: 'id' });
}

function isFiltered(filter: ProductFilter | null | undefined): boolean {
  return !!filter && (isGiven(filter.category) || isGiven(filter.sku) || isGiven(filter.nameContains));
}

function matches(product: Product, { category, sku, nameContains }: ProductFilter): boolean {
  if (isGiven(category) && product.category !== category) return false;
  if (isGiven(sku) && product.sku !== sku) return false;
  return !isGiven(nameContains) || product.name.toLowerCase().indexOf(`${nameContains}`.toLowerCase()) >= 0;
}

function isGiven(part: string | null | undefined): boolean {
  return typeof part === 'string';
}
