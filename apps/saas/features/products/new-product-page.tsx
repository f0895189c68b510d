import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { CreateProductDocument } from '../../../../generated/documents/saas/graphql.ts';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { useApiMutation } from '../../../ui/react/queries.ts';
import { useNotices } from '../../../ui/react/notices.tsx';
import { problemsByField } from '../../../ui/graphql/problems.ts';
import { useCurrency } from '../../shell/workspace.tsx';
import { ProductForm, type ProductValues } from './product-form.tsx';
import { emptyInput } from './to-input.ts';

export function NewProductPage() {
  const currency = useCurrency();
  const navigate = useNavigate();
  const { show } = useNotices();
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const { mutate, isPending, error } = useApiMutation(CreateProductDocument);
  const back = (): void => void navigate({ to: '/products' });
  const create = (input: ProductValues): void =>
    mutate(
      { input },
      {
        onSuccess: ({ createProduct: { product, userErrors } }) => {
          setProblems(problemsByField(userErrors));
          if (!product) return;
          show({ type: 'success', content: `${product.name} is in your shop.` });
          back();
        },
      },
    );
  return (
    <ContentLayout header={<Header variant="h1">New product</Header>}>
      <Container>
        <ProductForm
          initial={emptyInput}
          currency={currency}
          submit="Create"
          busy={isPending}
          problems={problems}
          notice={error && <ErrorNotice error={error} />}
          onSubmit={create}
          onCancel={back}
        />
      </Container>
    </ContentLayout>
  );
}
