import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Header from '@cloudscape-design/components/header';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  DisableUserDocument,
  EnableUserDocument,
  ResendInvitationDocument,
  UpdateUserDocument,
  type UserFieldsFragment,
  UsersDocument,
} from '../../../../generated/documents/saas/graphql.ts';
import { ListHeader } from '../../../ui/components/list-header.tsx';
import { PageError } from '../../../ui/components/page-error.tsx';
import { ShowMore } from '../../../ui/components/show-more.tsx';
import { formatEnum } from '../../../ui/formats/number.ts';
import { formatDate } from '../../../ui/formats/time.ts';
import { useApi } from '../../../ui/react/api.tsx';
import { queryKey } from '../../../ui/react/queries.ts';
import { useNotices } from '../../../ui/react/notices.tsx';
import { usePages } from '../../../ui/react/pages.ts';
import type { UserError } from '../../../ui/graphql/problems.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import { InviteUser } from './invite-user.tsx';

const statusTypes: Readonly<Record<UserFieldsFragment['status'], StatusIndicatorProps.Type>> = {
  ACTIVE: 'success',
  INVITED: 'pending',
  DISABLED: 'stopped',
};

/** Who works here. For administrators only. */
export function UsersPage() {
  const { data } = useWorkspace();
  const [inviting, setInviting] = useState(false);
  const list = usePages(UsersDocument, {}, ({ users }) => users);
  const { items, error, loading, hasMore, retry } = list;
  if (error && items.length === 0) return <PageError title="Users" error={error} onRetry={retry} />;
  return (
    <>
      <Table<UserFieldsFragment>
        variant="full-page"
        stickyHeader
        wrapLines
        items={items}
        trackBy="id"
        loading={loading}
        loadingText="Reading your users"
        ariaLabels={{ tableLabel: 'Users' }}
        header={
          <ListHeader list={list}>
            <Header
              variant="awsui-h1-sticky"
              counter={`(${items.length}${hasMore ? '+' : ''})`}
              actions={
                <Button variant="primary" onClick={() => setInviting(true)}>
                  Invite
                </Button>
              }
            >
              Users
            </Header>
          </ListHeader>
        }
        columnDefinitions={[
          { id: 'name', header: 'Name', isRowHeader: true, cell: ({ name }) => name },
          { id: 'email', header: 'E-mail', cell: ({ email }) => email },
          { id: 'role', header: 'Role', cell: ({ role }) => formatEnum(role) },
          {
            id: 'status',
            header: 'Status',
            minWidth: 115,
            cell: ({ status }) => <StatusIndicator type={statusTypes[status]}>{formatEnum(status)}</StatusIndicator>,
          },
          { id: 'createdAt', header: 'Since', cell: ({ createdAt }) => formatDate(createdAt) },
          {
            id: 'actions',
            header: 'Actions',
            cell: (user) => <UserActions user={user} isMe={user.id === data?.me.id} />,
          },
        ]}
        footer={hasMore && <ShowMore list={list} />}
      />
      {inviting && <InviteUser onClose={() => setInviting(false)} />}
    </>
  );
}

function UserActions({ user, isMe }: { readonly user: UserFieldsFragment; readonly isMe: boolean }) {
  const { graphql } = useApi();
  const queries = useQueryClient();
  const { show, showError } = useNotices();
  const [busy, setBusy] = useState(false);
  const { id, name, role, status } = user;
  const otherRole = role === 'TENANT_ADMIN' ? 'TENANT_USER' : 'TENANT_ADMIN';

  const actions: Readonly<Record<string, () => Promise<readonly UserError[]>>> = {
    role: async () =>
      (await graphql.request(UpdateUserDocument, { input: { id, role: otherRole } })).updateUser.userErrors,
    disable: async () => (await graphql.request(DisableUserDocument, { input: { id } })).disableUser.userErrors,
    enable: async () => (await graphql.request(EnableUserDocument, { input: { id } })).enableUser.userErrors,
    resend: async () =>
      (await graphql.request(ResendInvitationDocument, { input: { id } })).resendInvitation.userErrors,
  };
  const run = async (action: string): Promise<void> => {
    setBusy(true);
    try {
      const [problem] = (await actions[action]?.()) ?? [];
      const done = action === 'resend' ? `The invitation of ${name} is sent again.` : `${name} is changed.`;
      show(problem ? { type: 'error', content: problem.message } : { type: 'success', content: done });
      await queries.invalidateQueries({ queryKey: queryKey(UsersDocument) });
    } catch (error) {
      showError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <ButtonDropdown
      variant="inline-icon"
      ariaLabel={`Actions for ${name}`}
      expandToViewport
      loading={busy}
      disabled={isMe}
      items={[
        ...(status === 'INVITED' ? [{ id: 'resend', text: 'Send invitation again' }] : []),
        { id: 'role', text: `Make ${formatEnum(otherRole).toLowerCase()}` },
        status === 'DISABLED' ? { id: 'enable', text: 'Enable' } : { id: 'disable', text: 'Disable' },
      ]}
      onItemClick={({ detail }) => void run(detail.id)}
    />
  );
}
