import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import {
  ProductDocument,
  type ProductFieldsFragment,
  UpdateProductDocument,
} from '../../../../generated/documents/saas/graphql.ts';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { PageError } from '../../../ui/components/page-error.tsx';
import { PageLoading } from '../../../ui/components/page-loading.tsx';
import { formatRelative } from '../../../ui/formats/time.ts';
import { useApiMutation, useApiQuery } from '../../../ui/react/queries.ts';
import { NotFound } from '../../../ui/components/not-found.tsx';
import { useNotices } from '../../../ui/react/notices.tsx';
import { problemsByField } from '../../../ui/graphql/problems.ts';
import { useCurrency } from '../../shell/workspace.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { type Conflict, mergeProduct } from './merge.ts';
import { ProductForm, type ProductValues } from './product-form.tsx';
import { toInput } from './to-input.ts';

export function ProductPage() {
  const { id } = useParams({ from: '/products/$id' });
  const { data, error, refetch } = useApiQuery(ProductDocument, { id });
  // What the form began with stays, whatever arrives meanwhile: saving finds out, and merges.
  const [begun, setBegun] = useState<ProductFieldsFragment>();
  if (error) return <PageError title="Product" error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageLoading title="Product" what="the product" />;
  if (!data.product) return <NotFound />;
  if (!begun || begun.id !== id) {
    setBegun(data.product);
    return null;
  }
  return <EditProduct key={id} begun={begun} />;
}

const valuesOf = ({ sku, name, category, price, stock }: ProductFieldsFragment): ProductValues => ({
  sku,
  name,
  category: category ?? null,
  price,
  stock,
});

interface Editing {
  readonly base: ProductFieldsFragment;
  /** What is in the form. */
  readonly values: ProductValues;
  /** Set once someone else was quicker. */
  readonly conflicts?: readonly Conflict[];
}

function EditProduct({ begun }: { readonly begun: ProductFieldsFragment }) {
  const currency = useCurrency();
  const navigate = useNavigate();
  const { show } = useNotices();
  const [{ base, values, conflicts }, setEditing] = useState<Editing>({ base: begun, values: valuesOf(begun) });
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const { mutate, isPending, error } = useApiMutation(UpdateProductDocument);
  const back = (): void => void navigate({ to: '/products' });

  const save = (mine: ProductValues): void =>
    mutate(
      { input: { id: base.id, expectedVersion: base.version, ...mine } },
      {
        onSuccess: ({ updateProduct: { product, userErrors } }) => {
          if (userErrors.some(({ code }) => code === 'VERSION_CONFLICT') && product) {
            const { merged, conflicts: found } = mergeProduct(valuesOf(base), mine, valuesOf(product));
            setEditing({ base: product, values: merged, conflicts: found });
            return;
          }
          setProblems(problemsByField(userErrors));
          if (userErrors.length > 0) return;
          show({ type: 'success', content: `${mine.name} is saved.` });
          back();
        },
      },
    );
  const takeTheirs = (taken: Conflict): void =>
    setEditing((now) => ({
      ...now,
      values: { ...now.values, [taken.field]: taken.theirs },
      conflicts: now.conflicts?.filter((conflict) => conflict !== taken) ?? [],
    }));

  return (
    <ContentLayout
      header={
        <Header variant="h1" description={`Changed ${formatRelative(base.updatedAt)}`}>
          {base.name}
        </Header>
      }
    >
      <Container>
        <ProductForm
          initial={toInput(values, currency)}
          currency={currency}
          submit="Save"
          busy={isPending}
          problems={problems}
          notice={
            error ? (
              <ErrorNotice error={error} />
            ) : (
              conflicts && <ConflictNotice conflicts={conflicts} currency={currency} onTakeTheirs={takeTheirs} />
            )
          }
          onSubmit={save}
          onCancel={back}
        />
      </Container>
    </ContentLayout>
  );
}
