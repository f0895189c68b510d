import { useQueryClient } from '@tanstack/react-query';
import {
  OrderChangedDocument,
  OrderDocument,
  OrdersDocument,
  ProductChangedDocument,
  ProductDocument,
  ProductsDocument,
} from '../../../generated/documents/saas/graphql.ts';
import { useSubscription } from '../../ui/react/live.ts';
import { queryKey } from '../../ui/react/queries.ts';

/** Keeps every page as the shop is now: another user's change arrives by subscription, and what it touches is shown anew. */
export function useLiveChanges(): void {
  const queries = useQueryClient();
  const refresh = (...documents: readonly { toString(): string }[]): void => {
    for (const document of documents) void queries.invalidateQueries({ queryKey: queryKey(document) });
  };
  useSubscription(
    ProductChangedDocument,
    {},
    {
      onReady: () => refresh(ProductsDocument, ProductDocument),
      onData: ({ onProductChanged: change }) => {
        if (!change) return;
        const { product, type } = change;
        queries.setQueryData(queryKey(ProductDocument, { id: product.id }), {
          product: type === 'DELETED' ? null : product,
        });
        refresh(ProductsDocument);
      },
    },
  );
  useSubscription(
    OrderChangedDocument,
    {},
    {
      onReady: () => refresh(OrdersDocument, OrderDocument),
      onData: ({ onOrderChanged: change }) => {
        if (!change) return;
        const { order, type } = change;
        queries.setQueryData(queryKey(OrderDocument, { id: order.id }), { order: type === 'DELETED' ? null : order });
        refresh(OrdersDocument);
      },
    },
  );
}
