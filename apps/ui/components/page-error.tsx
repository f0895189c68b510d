import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { ErrorNotice } from './error-notice.tsx';

export interface PageErrorProps {
  /** What the page would have shown: its title stays, for whoever finds their way by titles. */
  readonly title: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** A page that could not be read. */
export function PageError({ title, error, onRetry }: PageErrorProps) {
  return (
    <ContentLayout header={<Header variant="h1">{title}</Header>}>
      <ErrorNotice error={error} onRetry={onRetry} />
    </ContentLayout>
  );
}
