import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { TenantsDocument } from '../../../generated/documents/admin/graphql.ts';
import { EmptyState } from '../../ui/components/empty-state.tsx';
import { useTheme } from '../../ui/react/theme.ts';
import { chooseTheme } from '../../ui/theme/theme.ts';
import { useAllPages } from './all-pages.ts';
import { type Command, matching } from './commands.ts';
import './command-palette.css';
import { useFirstFocus } from '../../ui/react/first-focus.ts';
import { useOperator } from './operator.tsx';
import { pagesOf } from './pages.ts';

const mostShown = 50;

/** Pages, tenants and actions by name: typed, chosen with the arrow keys, done with Enter. */
export function CommandPalette({ onClose }: { onClose(): void }) {
  const commands = useCommands();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const whole = useFirstFocus<HTMLDivElement>();
  const list = useRef<HTMLUListElement>(null);
  const shown = matching(commands, text).slice(0, mostShown);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const run = (command: Command | undefined): void => {
    if (!command) return;
    onClose();
    command.run();
  };
  return (
    <Modal visible header="Find" closeAriaLabel="Close" onDismiss={onClose}>
      <div ref={whole}>
        <Input
          type="search"
          clearAriaLabel="Clear"
          value={text}
          placeholder="A page, a tenant, an action"
          ariaLabel="Find a page, a tenant or an action"
          nativeInputAttributes={{
            role: 'combobox',
            'aria-expanded': true,
            'aria-controls': 'commands',
            'aria-activedescendant': shown.length > 0 ? `command-${chosen}` : undefined,
          }}
          onChange={({ detail }) => {
            setText(detail.value);
            setChosen(0);
          }}
          onKeyDown={(event) => {
            const { key } = event.detail;
            if (key === 'Enter') return run(shown[chosen]);
            const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
            if (step === 0 || shown.length === 0) return;
            event.preventDefault();
            setChosen((chosen + step + shown.length) % shown.length);
          }}
        />
        {shown.length === 0 && <EmptyState title="Nothing matches">Try another word.</EmptyState>}
        <ul className="command-list" id="commands" role="listbox" aria-label="What was found" ref={list}>
          {shown.map((command, index) => (
            <li
              key={command.id}
              id={`command-${index}`}
              className="command"
              role="option"
              aria-selected={index === chosen}
              onMouseMove={() => setChosen(index)}
              onClick={() => run(command)}
            >
              <span>{command.name}</span>
              <span>{command.kind}</span>
            </li>
          ))}
        </ul>
      </div>
    </Modal>
  );
}

function useCommands(): Command[] {
  const { mayChange, signOut } = useOperator();
  const navigate = useNavigate();
  const { data } = useAllPages(TenantsDocument, ({ tenants }) => tenants);
  const other = useTheme() === 'dark' ? 'light' : 'dark';
  const goTo = (href: string) => () => void navigate({ href });
  const actions: readonly [string, () => void, boolean][] = [
    ['Create a tenant', goTo('/tenants?create=yes'), mayChange],
    ['Suspended tenants', goTo('/tenants?status=SUSPENDED'), true],
    ['Failed tenants', goTo('/tenants?status=FAILED'), true],
    [`Show in ${other} colours`, () => chooseTheme(other), true],
    ['Sign out', signOut, true],
  ];
  return [
    ...pagesOf(mayChange).map(({ text, href }) => ({ id: href, name: text, kind: 'Page', run: goTo(href) })),
    ...actions.filter(([, , isOffered]) => isOffered).map(([name, run]) => ({ id: name, name, kind: 'Action', run })),
    ...(data?.items ?? []).map(({ id, name, slug }) => ({
      id,
      name: `${name} (${slug})`,
      kind: 'Tenant',
      run: goTo(`/tenants/${id}`),
    })),
  ];
}
