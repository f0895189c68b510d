import Link from '@cloudscape-design/components/link';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A link to another page of the console. */
export function GoTo({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const navigate = useNavigate();
  return (
    <Link
      href={href}
      onFollow={(event) => {
        event.preventDefault();
        void navigate({ href });
      }}
    >
      {children}
    </Link>
  );
}
