import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { CreateUserDocument, UsersDocument } from '../../../../generated/documents/saas/graphql.ts';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { useFirstFocus } from '../../../ui/react/first-focus.ts';
import { queryKey, useApiMutation } from '../../../ui/react/queries.ts';
import { useNotices } from '../../../ui/react/notices.tsx';
import { problemsByField } from '../../../ui/graphql/problems.ts';

const roles = [
  { value: 'TENANT_USER' as const, label: 'User', description: 'Works with products and orders.' },
  { value: 'TENANT_ADMIN' as const, label: 'Administrator', description: 'Manages users too.' },
];

/** Sends an invitation with a temporary password. */
export function InviteUser({ onClose }: { onClose(): void }) {
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<(typeof roles)[number]['value']>('TENANT_USER');
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const { mutate, isPending, error } = useApiMutation(CreateUserDocument);
  const form = useFirstFocus<HTMLFormElement>();
  const queries = useQueryClient();
  const { show } = useNotices();
  const invite = (event?: FormEvent): void => {
    event?.preventDefault();
    mutate(
      { input: { email: email.trim(), name: name.trim(), role } },
      {
        onSuccess: ({ createUser: { user, userErrors } }) => {
          setProblems(problemsByField(userErrors));
          if (!user) return;
          void queries.invalidateQueries({ queryKey: queryKey(UsersDocument) });
          show({ type: 'success', content: `An invitation is on its way to ${user.email}.` });
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      visible
      header="Invite a colleague"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={isPending} onClick={() => invite()}>
              Send invitation
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form ref={form} onSubmit={invite} noValidate>
        <SpaceBetween size="m">
          {error && <ErrorNotice error={error} />}
          <FormField label="Name" errorText={problems['name']}>
            <Input value={name} onChange={({ detail }) => setName(detail.value)} />
          </FormField>
          <FormField label="E-mail address" errorText={problems['email'] ?? problems['']}>
            <Input value={email} type="email" onChange={({ detail }) => setEmail(detail.value)} />
          </FormField>
          <FormField label="Role" errorText={problems['role']}>
            <RadioGroup
              value={role}
              items={roles}
              onChange={({ detail }) => setRole(detail.value === 'TENANT_ADMIN' ? 'TENANT_ADMIN' : 'TENANT_USER')}
            />
          </FormField>
          {/* Enter in a field sends the form. */}
          <button type="submit" hidden />
        </SpaceBetween>
      </form>
    </Modal>
  );
}
