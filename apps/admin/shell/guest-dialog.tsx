import Alert from '@cloudscape-design/components/alert';
import Autosuggest from '@cloudscape-design/components/autosuggest';
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { Dialog } from './dialog.tsx';
import { type Guest, receiveGuest } from './guest.ts';
import { useGuestChoices } from './guest-choices.ts';
import { useOperator } from './operator.tsx';

export interface GuestDialogProps {
  /** The workspace to begin with. */
  readonly slug?: string | undefined;
  onSignedIn(guest: Guest): void;
  onClose(): void;
}

/** Signs a tenant's user in beside the operator, for as long as the page is open. */
export function GuestDialog({ slug = '', onSignedIn, onClose }: GuestDialogProps) {
  const operator = useOperator();
  const [login, setLogin] = useState({ slug, email: '', password: '' });
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { workspaces, people } = useGuestChoices(login.slug);
  const enter = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      onSignedIn(await receiveGuest(operator, login));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title="Sign in as a tenant’s user"
      submit="Sign in"
      busy={busy}
      disabled={Object.values(login).some((text) => text === '')}
      onSubmit={() => void enter()}
      onClose={onClose}
    >
      <Box>
        Operators have no way into a tenant’s data: its API takes tokens of its own people only. Sign in as one of them;
        it is forgotten when this page is closed, and you stay signed in as operator.
      </Box>
      {problem && <Alert type="error">{problem}</Alert>}
      <FormField label="Workspace">
        <Autosuggest
          value={login.slug}
          options={workspaces}
          clearAriaLabel="Clear"
          enteredTextLabel={(text) => `Use ${text}`}
          expandToViewport
          onChange={({ detail }) => setLogin({ ...login, slug: detail.value })}
        />
      </FormField>
      <FormField label="E-mail address" description="With it comes the role that they have there.">
        <Autosuggest
          value={login.email}
          options={people}
          clearAriaLabel="Clear"
          enteredTextLabel={(text) => `Use ${text}`}
          expandToViewport
          onChange={({ detail }) => setLogin({ ...login, email: detail.value })}
        />
      </FormField>
      <FormField label="Password">
        <Input
          type="password"
          autoComplete="off"
          value={login.password}
          onChange={({ detail }) => setLogin({ ...login, password: detail.value })}
        />
      </FormField>
    </Dialog>
  );
}
