import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useNavigate } from '@tanstack/react-router';

/** What an address shows that leads nowhere. */
export function NotFound() {
  const navigate = useNavigate();
  return (
    <Box textAlign="center" padding={{ vertical: 'xxl' }}>
      <SpaceBetween size="s">
        <Box variant="h1">There is nothing here</Box>
        <Box color="text-body-secondary">The address may be mistyped, or what was here is gone.</Box>
        <Link
          href="/"
          onFollow={(event) => {
            event.preventDefault();
            void navigate({ href: '/' });
          }}
        >
          To the dashboard
        </Link>
      </SpaceBetween>
    </Box>
  );
}
