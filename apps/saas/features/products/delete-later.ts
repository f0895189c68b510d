import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  DeleteProductDocument,
  type ProductFieldsFragment,
  ProductsDocument,
} from '../../../../generated/documents/saas/graphql.ts';
import { useApi } from '../../../ui/react/api.tsx';
import { queryKey } from '../../../ui/react/queries.ts';
import { useNotices } from '../../../ui/react/notices.tsx';

/** How long a deletion can be taken back, in milliseconds. */
const grace = 6000;

/**
 * Deleting with undo: the product is out of sight at once, and deleted when the time to take it back is over, or when one goes on to another
 * page of the app, which ends that time. Whoever closes the tab before has deleted nothing. Answers what is out of sight, and how to delete.
 */
export function useDeleteLater(): readonly [ReadonlySet<string>, (product: ProductFieldsFragment) => void] {
  const { graphql } = useApi();
  const { show, showError } = useNotices();
  const queries = useQueryClient();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const pending = useRef(new Map<string, () => void>());

  const unhide = useCallback((id: string) => setHidden((rest) => new Set([...rest].filter((each) => each !== id))), []);

  const remove = useCallback(
    ({ id, name }: ProductFieldsFragment): void => {
      const finish = (): void => {
        clearTimeout(timer);
        pending.current.delete(id);
        // What is being done cannot be taken back.
        hide();
        graphql
          .request(DeleteProductDocument, { input: { id } })
          .then(({ deleteProduct: { userErrors } }) => {
            const [problem] = userErrors;
            if (problem && problem.code !== 'NOT_FOUND') show({ type: 'error', content: problem.message });
          })
          .catch((error: unknown) => showError(error, `${name} could not be deleted`))
          .finally(() => {
            void queries.invalidateQueries({ queryKey: queryKey(ProductsDocument) }).then(() => unhide(id));
          });
      };
      const timer = setTimeout(finish, grace);
      pending.current.set(id, finish);
      setHidden((rest) => new Set([...rest, id]));
      const hide = show(
        {
          type: 'info',
          content: `${name} will be deleted in a moment.`,
          buttonText: 'Undo',
          onButtonClick: () => {
            clearTimeout(timer);
            pending.current.delete(id);
            unhide(id);
            hide();
          },
        },
        grace,
      );
    },
    [graphql, queries, show, showError, unhide],
  );

  useEffect(() => {
    const waiting = pending.current;
    return () => [...waiting.values()].forEach((finish) => finish());
  }, []);
  return [hidden, remove];
}
