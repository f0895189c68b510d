import { Outlet } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Frame } from '../../ui/components/frame.tsx';
import { CommandPalette } from './command-palette.tsx';
import { useLiveChanges } from './live-changes.ts';
import { useOperator } from './operator.tsx';
import { pagesOf } from './pages.ts';

/** The console's pages in their frame. Ctrl-K, or ⌘-K, opens the command palette anywhere. */
export function Shell() {
  const operator = useOperator();
  const [choosing, setChoosing] = useState(false);
  useLiveChanges();
  useEffect(() => {
    const open = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setChoosing(true);
    };
    // Before an editor that has uses for these keys itself.
    addEventListener('keydown', open, { capture: true });
    return () => removeEventListener('keydown', open, { capture: true });
  }, []);
  return (
    <>
      <Frame
        title="Cotenant console"
        person={operator.email}
        role={operator.role}
        links={pagesOf(operator.mayChange)}
        utilities={[
          {
            type: 'button',
            iconName: 'search',
            text: 'Find',
            ariaLabel: 'Find pages, tenants and actions (Ctrl-K)',
            title: 'Ctrl-K',
            onClick: () => setChoosing(true),
          },
        ]}
        onSignOut={operator.signOut}
      >
        <Outlet />
      </Frame>
      {choosing && <CommandPalette onClose={() => setChoosing(false)} />}
    </>
  );
}
