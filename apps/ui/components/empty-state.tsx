import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly title: string;
  /** What there could be, and how it comes to be. */
  readonly children: ReactNode;
  /** A button that makes the first, or clears the filter. */
  readonly action?: ReactNode;
}

/** What stands where nothing is yet, or nothing matches. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <Box textAlign="center" color="inherit" padding={{ vertical: 'l' }}>
      <SpaceBetween size="s">
        <div>
          <Box variant="strong">{title}</Box>
          <Box variant="p" color="text-body-secondary">
            {children}
          </Box>
        </div>
        {action}
      </SpaceBetween>
    </Box>
  );
}
