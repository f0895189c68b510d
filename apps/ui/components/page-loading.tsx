import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { Waiting } from './waiting.tsx';

export interface PageLoadingProps {
  readonly title: string;
  /** `the order` */
  readonly what: string;
}

/** A page of which nothing is known yet but its title. */
export function PageLoading({ title, what }: PageLoadingProps) {
  return (
    <ContentLayout header={<Header variant="h1">{title}</Header>}>
      <Waiting>{`Reading ${what}`}</Waiting>
    </ContentLayout>
  );
}
