import { Outlet } from '@tanstack/react-router';
import { ErrorNotice } from '../../ui/components/error-notice.tsx';
import { Frame } from '../../ui/components/frame.tsx';
import { Waiting } from '../../ui/components/waiting.tsx';
import { formatEnum } from '../../ui/formats/number.ts';
import { useLiveChanges } from './live-changes.ts';
import { usePlace, useWorkspace } from './workspace.tsx';

const pages = [
  { text: 'Dashboard', href: '/' },
  { text: 'Products', href: '/products' },
  { text: 'Orders', href: '/orders' },
];
const ofAdmins = [{ text: 'Users', href: '/users' }];

/** The shop's pages in their frame, with what the tenant's administrators see besides. */
export function Shell() {
  const { data, error, refetch } = useWorkspace();
  const { workspace, signOut } = usePlace();
  useLiveChanges(data !== undefined && !error);
  const isAdmin = data?.me.role === 'TENANT_ADMIN';
  return (
    <Frame
      title={data?.tenant.name ?? workspace.slug}
      person={data?.me.name ?? 'Account'}
      role={data ? formatEnum(data.me.role) : ''}
      links={[...pages, ...(isAdmin ? ofAdmins : []), { text: 'Settings', href: '/settings' }]}
      onSignOut={signOut}
    >
      {error ? (
        <ErrorNotice error={error} onRetry={refetch} />
      ) : data ? (
        <Outlet />
      ) : (
        <Waiting>Opening your workspace</Waiting>
      )}
    </Frame>
  );
}
