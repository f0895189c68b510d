import { useQueries, useQueryClient } from '@tanstack/react-query';
import {
  ProductDocument,
  type ProductFieldsFragment,
  type ProductQuery,
} from '../../../../generated/documents/saas/graphql.ts';
import { useApi } from '../../../ui/react/api.tsx';
import { queryKey } from '../../../ui/react/queries.ts';

const keyOf = (id: string) => queryKey(ProductDocument, { id });

/** The products of an order as they are now, by id: a change of price or stock comes in by itself, wherever in the list they are. */
export function useOrderedProducts(ids: readonly string[]): ReadonlyMap<string, ProductFieldsFragment> {
  const { graphql } = useApi();
  const results = useQueries({
    queries: ids.map((id) => ({
      queryKey: keyOf(id),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => graphql.request(ProductDocument, { id }, { signal }),
    })),
  });
  const products = results.flatMap(({ data }) => data?.product ?? []);
  return new Map(products.map((product) => [product.id, product]));
}

/** Takes a product as a list told it, so that it is not read once more. */
export function useKnownProduct(): (product: ProductFieldsFragment) => void {
  const queries = useQueryClient();
  return (product) =>
    void queries.setQueryData<ProductQuery>(keyOf(product.id), (known) =>
      known?.product && known.product.version > product.version ? known : { product },
    );
}
