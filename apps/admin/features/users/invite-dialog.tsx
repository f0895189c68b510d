import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useState } from 'react';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { problemsByField, type UserError } from '../../../ui/graphql/problems.ts';
import { Dialog } from '../../shell/dialog.tsx';

export interface Invitation<Role extends string> {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

export interface InviteDialogProps<Role extends string> {
  readonly title: string;
  /** The first is offered. */
  readonly roles: readonly { readonly value: Role; readonly label: string; readonly description: string }[];
  /** Sends it; answers what a person can mend. */
  invite(invitation: Invitation<Role>): Promise<readonly UserError[]>;
  onClose(): void;
}

/** Invites a person with a temporary password: a tenant's user, or an operator. */
export function InviteDialog<Role extends string>({ title, roles, invite, onClose }: InviteDialogProps<Role>) {
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState(roles[0]?.value);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    if (role === undefined) return;
    setBusy(true);
    setError(undefined);
    try {
      const errors = await invite({ email: email.trim(), name: name.trim(), role });
      setProblems(problemsByField(errors));
      if (errors.length === 0) onClose();
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} submit="Send invitation" busy={busy} onSubmit={() => void send()} onClose={onClose}>
      {error !== undefined && <ErrorNotice error={error} />}
      <FormField label="Name" errorText={problems['name']}>
        <Input value={name} autoFocus onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <FormField label="E-mail address" errorText={problems['email'] ?? problems['']}>
        <Input value={email} type="email" onChange={({ detail }) => setEmail(detail.value)} />
      </FormField>
      <FormField label="Role" errorText={problems['role']}>
        <RadioGroup
          value={role ?? null}
          items={[...roles]}
          onChange={({ detail }) => setRole(roles.find(({ value }) => value === detail.value)?.value ?? role)}
        />
      </FormField>
    </Dialog>
  );
}
