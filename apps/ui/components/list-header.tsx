import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { ErrorNotice } from './error-notice.tsx';

export interface ListHeaderProps {
  /** As usePages answers it. */
  readonly list: { readonly error: unknown; retry(): void };
  /** Cloudscape's Header. */
  readonly children: ReactNode;
}

/** A list's title, and below it why what is shown may be old, or not all that was asked for. */
export function ListHeader({ list: { error, retry }, children }: ListHeaderProps) {
  if (!error) return children;
  return (
    <SpaceBetween size="s">
      {children}
      <ErrorNotice error={error} onRetry={retry} />
    </SpaceBetween>
  );
}
