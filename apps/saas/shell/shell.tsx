import AppLayout from '@cloudscape-design/components/app-layout';
import Flashbar from '@cloudscape-design/components/flashbar';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import TopNavigation from '@cloudscape-design/components/top-navigation';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorNotice } from '../../ui/components/error-notice.tsx';
import { LiveIndicator } from '../../ui/components/live-indicator.tsx';
import { formatEnum } from '../../ui/formats/number.ts';
import { chooseTheme, currentTheme } from '../../ui/theme/theme.ts';
import { useLiveChanges } from './live-changes.ts';
import { useNotices } from './notices.tsx';
import { usePlace, useWorkspace } from './workspace.tsx';

const pages = [
  { text: 'Dashboard', href: '/' },
  { text: 'Products', href: '/products' },
  { text: 'Orders', href: '/orders' },
];
const ofAdmins = [{ text: 'Users', href: '/users' }];

/** What is around every page: names, navigation, notices. */
export function Shell() {
  const { data, error, refetch } = useWorkspace();
  const { workspace } = usePlace();
  const { shown } = useNotices();
  const navigate = useNavigate();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const [open, setOpen] = useState(() => matchMedia('(min-width: 688px)').matches);
  useLiveChanges();

  const isAdmin = data?.me.role === 'TENANT_ADMIN';
  const links = [...pages, ...(isAdmin ? ofAdmins : []), { text: 'Settings', href: '/settings' }];
  const active = links.filter(({ href }) => path === href || (href !== '/' && path.startsWith(`${href}/`))).at(-1);
  const go = (href: string): void => void navigate({ to: href });

  return (
    <>
      <div id="top">
        <Top
          name={data?.tenant.name ?? workspace.slug}
          person={data?.me.name ?? 'Account'}
          role={data?.me.role ?? ''}
          onHome={() => go('/')}
        />
      </div>
      <AppLayout
        headerSelector="#top"
        toolsHide
        navigationOpen={open}
        onNavigationChange={({ detail }) => setOpen(detail.open)}
        ariaLabels={{ navigation: 'Pages', navigationClose: 'Close pages', navigationToggle: 'Open pages' }}
        navigation={
          <SideNavigation
            activeHref={active?.href ?? path}
            items={links.map((link) => ({ type: 'link', ...link }))}
            itemsControl={<LiveIndicator />}
            onFollow={(event) => {
              event.preventDefault();
              go(event.detail.href);
            }}
          />
        }
        notifications={
          <Flashbar
            items={shown}
            i18nStrings={{
              ariaLabel: 'Notices',
              errorIconAriaLabel: 'Error',
              successIconAriaLabel: 'Done',
              infoIconAriaLabel: 'Notice',
            }}
          />
        }
        content={error ? <ErrorNotice error={error} onRetry={refetch} /> : data && <Outlet />}
      />
    </>
  );
}

function Top({ name, person, role, onHome }: { name: string; person: string; role: string; onHome(): void }) {
  const { signOut } = usePlace();
  const [theme, setTheme] = useState(currentTheme);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <TopNavigation
      identity={{
        href: '/',
        title: name,
        onFollow: (event) => {
          event.preventDefault();
          onHome();
        },
      }}
      i18nStrings={{ overflowMenuTriggerText: 'More', overflowMenuTitleText: 'All' }}
      utilities={[
        {
          type: 'button',
          text: other === 'dark' ? 'Dark' : 'Light',
          ariaLabel: `Show in ${other} colours`,
          onClick: () => {
            chooseTheme(other);
            setTheme(other);
          },
        },
        {
          type: 'menu-dropdown',
          text: person,
          description: role && formatEnum(role),
          iconName: 'user-profile',
          items: [{ id: 'sign-out', text: 'Sign out' }],
          onItemClick: () => signOut(),
        },
      ]}
    />
  );
}
