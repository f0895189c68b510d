import { useQueryClient } from '@tanstack/react-query';
import {
  OrderChangedDocument,
  OrderDocument,
  OrdersDocument,
  ProductChangedDocument,
  ProductDocument,
  ProductsDocument,
  WorkspaceDocument,
} from '../../../generated/documents/saas/graphql.ts';
import { useSubscription } from '../../ui/react/live.ts';
import { queryKey } from '../../ui/react/queries.ts';
import { showPushed } from '../../ui/react/show-pushed.ts';
import { changeWholeList, readWholeListAgain } from '../../ui/react/whole-list.ts';

/**
 * Keeps every page as the shop is now: another user's change arrives by subscription, and what it touches is shown anew. Where the server
 * ends or refuses a subscription, the workspace is asked whether it is open still; while it is not, nothing is subscribed to.
 */
export function useLiveChanges(isOpen: boolean): void {
  const queries = useQueryClient();
  const variables = isOpen ? {} : undefined;
  const refresh = (...documents: readonly { toString(): string }[]): void => {
    for (const document of documents) void queries.invalidateQueries({ queryKey: queryKey(document) });
  };
  const askAgain = (): void => refresh(WorkspaceDocument);
  const onStop = { onInterrupted: askAgain, onError: askAgain };
  useSubscription(ProductChangedDocument, variables, {
    ...onStop,
    onReady: () => {
      refresh(ProductsDocument, ProductDocument);
      readWholeListAgain(queries, ProductsDocument);
    },
    onData: ({ onProductChanged: change }) => {
      if (!change) return;
      const { product, type } = change;
      const { id } = product;
      void showPushed(queries, ProductDocument, { id }, { product: type === 'DELETED' ? null : product });
      refresh(ProductsDocument);
      changeWholeList(queries, ProductsDocument, product, type);
    },
  });
  useSubscription(OrderChangedDocument, variables, {
    ...onStop,
    onReady: () => {
      refresh(OrdersDocument, OrderDocument);
      readWholeListAgain(queries, OrdersDocument);
    },
    onData: ({ onOrderChanged: change }) => {
      if (!change) return;
      const { order, type } = change;
      void showPushed(queries, OrderDocument, { id: order.id }, { order: type === 'DELETED' ? null : order });
      refresh(OrdersDocument);
      changeWholeList(queries, OrdersDocument, order, type);
    },
  });
}
