import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  AuditLogDocument,
  CreateTenantUserDocument,
  DisableTenantUserDocument,
  EnableTenantUserDocument,
  ResendTenantUserInvitationDocument,
  type TenantFieldsFragment,
  type TenantUserFieldsFragment,
  TenantUsersDocument,
  UpdateTenantUserDocument,
} from '../../../../generated/documents/admin/graphql.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatEnum } from '../../../ui/formats/number.ts';
import { formatDate } from '../../../ui/formats/time.ts';
import type { UserError } from '../../../ui/graphql/problems.ts';
import { useApi } from '../../../ui/react/api.tsx';
import { usePages } from '../../../ui/react/pages.ts';
import { queryKey } from '../../../ui/react/queries.ts';
import { ChangeButton } from '../../shell/change-button.tsx';
import { ListTable } from '../../shell/list-table.tsx';
import { readOnlyReason, useOperator } from '../../shell/operator.tsx';
import { useChange } from '../../shell/use-change.ts';
import { InviteDialog } from '../users/invite-dialog.tsx';
import { UserStatusText } from '../users/user-status.tsx';

const roles = [
  { value: 'TENANT_USER', label: 'User', description: 'Works with products and orders.' },
  { value: 'TENANT_ADMIN', label: 'Administrator', description: 'Manages users too.' },
] as const;
const touched = [TenantUsersDocument, AuditLogDocument];

/** The people of the tenant. */
export function UsersTab({ tenant: { id: tenantId, name } }: { readonly tenant: TenantFieldsFragment }) {
  const { graphql } = useApi();
  const queries = useQueryClient();
  const [inviting, setInviting] = useState(false);
  const connection = usePages(TenantUsersDocument, { tenantId }, ({ tenantUsers }) => tenantUsers ?? none);
  return (
    <>
      <ListTable
        embedded
        title="Users"
        list={connection}
        trackBy="id"
        actions={<ChangeButton onClick={() => setInviting(true)}>Invite</ChangeButton>}
        empty={
          <EmptyState title="No users yet">Its administrator is invited in the course of the onboarding.</EmptyState>
        }
        columns={[
          { id: 'name', header: 'Name', isRowHeader: true, cell: (user) => user.name },
          { id: 'email', header: 'E-mail', cell: ({ email }) => email },
          { id: 'role', header: 'Role', cell: ({ role }) => formatEnum(role) },
          { id: 'status', header: 'Status', cell: ({ status }) => <UserStatusText status={status} /> },
          { id: 'since', header: 'Since', cell: ({ createdAt }) => formatDate(createdAt) },
          {
            id: 'actions',
            header: 'Actions',
            cell: (user) => <UserActions tenantId={tenantId} user={user} />,
          },
        ]}
      />
      {inviting && (
        <InviteDialog
          title={`Invite a user of ${name}`}
          roles={roles}
          onClose={() => setInviting(false)}
          invite={async (person) => {
            const input = { tenantId, ...person };
            const { userErrors } = (await graphql.request(CreateTenantUserDocument, { input })).createTenantUser;
            for (const document of touched) void queries.invalidateQueries({ queryKey: queryKey(document) });
            return userErrors;
          }}
        />
      )}
    </>
  );
}

const none = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };

interface UserActionsProps {
  readonly tenantId: string;
  readonly user: TenantUserFieldsFragment;
}

function UserActions({ tenantId, user: { id, name, role, status } }: UserActionsProps) {
  const { graphql } = useApi();
  const { mayChange } = useOperator();
  const { busy, change } = useChange();
  const otherRole = role === 'TENANT_ADMIN' ? 'TENANT_USER' : 'TENANT_ADMIN';
  const input = { tenantId, id };
  const actions: Readonly<Record<string, () => Promise<readonly UserError[]>>> = {
    role: async () =>
      (await graphql.request(UpdateTenantUserDocument, { input: { ...input, role: otherRole } })).updateTenantUser
        .userErrors,
    disable: async () => (await graphql.request(DisableTenantUserDocument, { input })).disableTenantUser.userErrors,
    enable: async () => (await graphql.request(EnableTenantUserDocument, { input })).enableTenantUser.userErrors,
    resend: async () =>
      (await graphql.request(ResendTenantUserInvitationDocument, { input })).resendTenantUserInvitation.userErrors,
  };
  return (
    <ButtonDropdown
      variant="inline-icon"
      ariaLabel={`Actions for ${name}`}
      expandToViewport
      loading={busy}
      disabled={!mayChange}
      {...(!mayChange && { disabledReason: readOnlyReason })}
      items={[
        ...(status === 'INVITED' ? [{ id: 'resend', text: 'Send invitation again' }] : []),
        { id: 'role', text: `Make ${formatEnum(otherRole).toLowerCase()}` },
        status === 'DISABLED' ? { id: 'enable', text: 'Enable' } : { id: 'disable', text: 'Disable' },
      ]}
      onItemClick={({ detail }) => {
        const run = actions[detail.id];
        const done = detail.id === 'resend' ? `The invitation of ${name} is sent again.` : `${name} is changed.`;
        if (run) void change({ run, done, touches: touched });
      }}
    />
  );
}
