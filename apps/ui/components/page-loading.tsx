import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { Waiting } from './waiting.tsx';

export interface PageLoadingProps {
  /** What the page is about to show: it has its title from the start. */
  readonly title: string;
}

/** A page that is being read. */
export function PageLoading({ title }: PageLoadingProps) {
  return (
    <ContentLayout header={<Header variant="h1">{title}</Header>}>
      <Waiting>Reading</Waiting>
    </ContentLayout>
  );
}
