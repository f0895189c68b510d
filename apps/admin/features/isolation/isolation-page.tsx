import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TokenGroup from '@cloudscape-design/components/token-group';
import { useMemo, useState } from 'react';
import type { Guest } from '../../shell/guest.ts';
import { GuestDialog } from '../../shell/guest-dialog.tsx';
import { useOperator } from '../../shell/operator.tsx';
import { operatorProbes } from './operator-probes.ts';
import { ProbesTable } from './probes-table.tsx';
import { tenantProbes } from './tenant-probes.ts';

/** Tries what must not succeed, against the APIs as they run, and shows each answer. */
export function IsolationPage() {
  const operator = useOperator();
  const [guests, setGuests] = useState<readonly Guest[]>([]);
  const [inviting, setInviting] = useState(false);
  const ofOperator = useMemo(() => operatorProbes(operator), [operator]);
  const [one, other] = guests;
  const ofTenants = useMemo(
    () =>
      one && other ? [...tenantProbes(one, other, operator.config), ...tenantProbes(other, one, operator.config)] : [],
    [one, other, operator.config],
  );
  return (
    <ContentLayout
      header={
        <Header variant="h1" description="Each line is a real request, sent from this browser, that must be refused.">
          Isolation
        </Header>
      }
    >
      <SpaceBetween size="l">
        <ProbesTable title="Operators and strangers" probes={ofOperator} />
        <Container
          header={
            <Header
              variant="h2"
              description="Sign in as a user of each of two tenants that have products; each then tries what is the other’s."
              actions={
                <Button disabled={guests.length >= 2} onClick={() => setInviting(true)}>
                  Sign in a tenant’s user
                </Button>
              }
            >
              Two tenants
            </Header>
          }
        >
          {guests.length === 0 ? (
            <Box color="text-body-secondary">
              Nobody is signed in. It needs their passwords: there is no way round them, for operators either.
            </Box>
          ) : (
            <TokenGroup
              items={guests.map(({ slug, email }) => ({
                label: email,
                description: slug,
                dismissLabel: `Forget ${email}`,
              }))}
              onDismiss={({ detail }) => setGuests(guests.filter((_, index) => index !== detail.itemIndex))}
            />
          )}
        </Container>
        {ofTenants.length > 0 && <ProbesTable title="One tenant against the other" probes={ofTenants} />}
      </SpaceBetween>
      {inviting && (
        <GuestDialog
          onClose={() => setInviting(false)}
          onSignedIn={(guest) => {
            setGuests([...guests.filter(({ slug }) => slug !== guest.slug), guest]);
            setInviting(false);
          }}
        />
      )}
    </ContentLayout>
  );
}
