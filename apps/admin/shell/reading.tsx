import Box from '@cloudscape-design/components/box';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';

/** Stands where something will be once it is read, and says so to screen readers too. */
export function Reading({ what }: { readonly what: string }) {
  return (
    <div role="status">
      <StatusIndicator type="loading">Reading {what}</StatusIndicator>
    </div>
  );
}

/** A page of which nothing is known yet but its title. */
export function PageReading({ title, what }: { readonly title: string; readonly what: string }) {
  return (
    <ContentLayout header={<Header variant="h1">{title}</Header>}>
      <Reading what={what} />
    </ContentLayout>
  );
}

/** Before anything of the console is there. */
export function AppReading() {
  return (
    <Box textAlign="center" padding="xxxl">
      <Reading what="who you are" />
    </Box>
  );
}
