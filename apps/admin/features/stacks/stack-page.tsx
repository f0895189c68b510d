import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { useParams } from '@tanstack/react-router';
import { GoTo } from '../../shell/go-to.tsx';
import { StackView } from './stack-view.tsx';

export function StackPage() {
  const { id } = useParams({ from: '/stacks/$id' });
  const tenant = id === 'pooled' ? undefined : <GoTo href={`/tenants/${id}`}>Its tenant</GoTo>;
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={tenant}>
          {id === 'pooled' ? 'The pool' : `Stack of ${id}`}
        </Header>
      }
    >
      <StackView tenantId={id} />
    </ContentLayout>
  );
}
