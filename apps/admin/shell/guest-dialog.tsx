import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { Dialog } from './dialog.tsx';
import { type Guest, receiveGuest } from './guest.ts';
import { useOperator } from './operator.tsx';

export interface GuestDialogProps {
  onSignedIn(guest: Guest): void;
  onClose(): void;
}

const fields = [
  ['slug', 'Workspace', 'organization'],
  ['email', 'E-mail address', 'off'],
  ['password', 'Password', 'off'],
] as const;

/** Signs a tenant's user in beside the operator, for as long as the page is open. */
export function GuestDialog({ onSignedIn, onClose }: GuestDialogProps) {
  const operator = useOperator();
  const [login, setLogin] = useState({ slug: '', email: '', password: '' });
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
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
      {fields.map(([name, label, autoComplete], index) => (
        <FormField key={name} label={label}>
          <Input
            autoFocus={index === 0}
            type={name === 'password' ? 'password' : 'text'}
            autoComplete={autoComplete}
            value={login[name]}
            onChange={({ detail }) => setLogin({ ...login, [name]: detail.value })}
          />
        </FormField>
      ))}
    </Dialog>
  );
}
