import AppLayout from '@cloudscape-design/components/app-layout';
import Flashbar from '@cloudscape-design/components/flashbar';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useConnectionNotice } from '../react/connection.ts';
import { useNotices } from '../react/notices.tsx';
import { usePageTitle } from '../react/page-title.ts';
import { useTheme } from '../react/theme.ts';
import { useValidNavigation } from '../react/valid-navigation.ts';
import { chooseTheme } from '../theme/theme.ts';
import { LiveIndicator } from './live-indicator.tsx';

export interface FrameProps {
  /** Whose it is: the company, or the console. */
  readonly title: string;
  readonly person: string;
  readonly role: string;
  readonly links: readonly { readonly text: string; readonly href: string }[];
  /** Buttons of the app's own, before those of every app. */
  readonly utilities?: readonly TopNavigationProps.Utility[];
  onSignOut(): void;
  readonly children: ReactNode;
}

/** What is around every page: names, navigation, notices. */
export function Frame({ links, children, ...top }: FrameProps) {
  useValidNavigation();
  const { shown } = useNotices();
  const connection = useConnectionNotice();
  const navigate = useNavigate();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const [open, setOpen] = useState(() => matchMedia('(min-width: 688px)').matches);
  const active = links.filter(({ href }) => path === href || (href !== '/' && path.startsWith(`${href}/`))).at(-1);
  usePageTitle(active?.text, top.title);
  const go = (href: string): void => void navigate({ to: href });

  return (
    <>
      <div id="top">
        <Top {...top} onHome={() => go('/')} />
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
            items={connection ? [connection, ...shown] : shown}
            i18nStrings={{
              ariaLabel: 'Notices',
              errorIconAriaLabel: 'Error',
              successIconAriaLabel: 'Done',
              infoIconAriaLabel: 'Notice',
              warningIconAriaLabel: 'Warning',
            }}
          />
        }
        content={children}
      />
    </>
  );
}

type TopProps = Omit<FrameProps, 'links' | 'children'> & { onHome(): void };

function Top({ title, person, role, utilities = [], onSignOut, onHome }: TopProps) {
  const other = useTheme() === 'dark' ? 'light' : 'dark';
  return (
    <TopNavigation
      identity={{
        href: '/',
        title,
        onFollow: (event) => {
          event.preventDefault();
          onHome();
        },
      }}
      i18nStrings={{ overflowMenuTriggerText: 'More', overflowMenuTitleText: 'All' }}
      utilities={[
        ...utilities,
        {
          type: 'button',
          text: other === 'dark' ? 'Dark' : 'Light',
          ariaLabel: `Show in ${other} colours`,
          onClick: () => chooseTheme(other),
        },
        {
          type: 'menu-dropdown',
          text: person,
          description: role,
          iconName: 'user-profile',
          items: [{ id: 'sign-out', text: 'Sign out' }],
          onItemClick: () => onSignOut(),
        },
      ]}
    />
  );
}
