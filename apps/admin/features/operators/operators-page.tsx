import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  AuditLogDocument,
  CreateOperatorDocument,
  DisableOperatorDocument,
  EnableOperatorDocument,
  type OperatorFieldsFragment,
  OperatorsDocument,
  ResendOperatorInvitationDocument,
  UpdateOperatorDocument,
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
import { useOperator } from '../../shell/operator.tsx';
import { useChange } from '../../shell/use-change.ts';
import { InviteDialog } from '../users/invite-dialog.tsx';
import { UserStatusText } from '../users/user-status.tsx';

const roles = [
  {
    value: 'CUSTOMER_SUPPORT',
    label: 'Customer support',
    description: 'Sees everything but operators; changes nothing.',
  },
  { value: 'SYSTEM_ADMIN', label: 'System admin', description: 'Runs the business: tenants, rollouts, operators.' },
] as const;
const touched = [OperatorsDocument, AuditLogDocument];

/** Who works at this console. The API answers it to system admins only. */
export function OperatorsPage() {
  const { graphql } = useApi();
  const queries = useQueryClient();
  const [inviting, setInviting] = useState(false);
  const list = usePages(OperatorsDocument, {}, ({ operators }) => operators);
  return (
    <>
      <ListTable
        title="Operators"
        list={list}
        trackBy="id"
        actions={
          <ChangeButton variant="primary" onClick={() => setInviting(true)}>
            Invite
          </ChangeButton>
        }
        empty={<EmptyState title="No operators">Whom you invite is listed here.</EmptyState>}
        columns={[
          { id: 'name', header: 'Name', isRowHeader: true, cell: ({ name }) => name },
          { id: 'email', header: 'E-mail', cell: ({ email }) => email },
          { id: 'role', header: 'Role', cell: ({ role }) => formatEnum(role) },
          { id: 'status', header: 'Status', cell: ({ status }) => <UserStatusText status={status} /> },
          { id: 'since', header: 'Since', cell: ({ createdAt }) => formatDate(createdAt) },
          { id: 'actions', header: 'Actions', cell: (operator) => <OperatorActions operator={operator} /> },
        ]}
      />
      {inviting && (
        <InviteDialog
          title="Invite an operator"
          roles={roles}
          onClose={() => setInviting(false)}
          invite={async (input) => {
            const { userErrors } = (await graphql.request(CreateOperatorDocument, { input })).createOperator;
            for (const document of touched) void queries.invalidateQueries({ queryKey: queryKey(document) });
            return userErrors;
          }}
        />
      )}
    </>
  );
}

function OperatorActions({ operator: { id, name, role, status } }: { readonly operator: OperatorFieldsFragment }) {
  const { graphql } = useApi();
  const me = useOperator();
  const { busy, change } = useChange();
  const otherRole = role === 'SYSTEM_ADMIN' ? 'CUSTOMER_SUPPORT' : 'SYSTEM_ADMIN';
  const actions: Readonly<Record<string, () => Promise<readonly UserError[]>>> = {
    role: async () =>
      (await graphql.request(UpdateOperatorDocument, { input: { id, role: otherRole } })).updateOperator.userErrors,
    disable: async () => (await graphql.request(DisableOperatorDocument, { input: { id } })).disableOperator.userErrors,
    enable: async () => (await graphql.request(EnableOperatorDocument, { input: { id } })).enableOperator.userErrors,
    resend: async () =>
      (await graphql.request(ResendOperatorInvitationDocument, { input: { id } })).resendOperatorInvitation.userErrors,
  };
  return (
    <ButtonDropdown
      variant="inline-icon"
      ariaLabel={`Actions for ${name}`}
      expandToViewport
      loading={busy}
      disabled={id === me.id}
      disabledReason="Another system admin must do this."
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
