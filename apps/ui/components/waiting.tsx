import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';

/** What stands where something is on its way. */
export function Waiting({ children }: { readonly children: string }) {
  return (
    <Box textAlign="center" padding={{ vertical: 'l' }}>
      <div role="status">
        <StatusIndicator type="loading">{children}</StatusIndicator>
      </div>
    </Box>
  );
}
