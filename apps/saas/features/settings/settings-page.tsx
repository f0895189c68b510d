import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { formatEnum, formatNumber } from '../../../ui/formats/number.ts';
import { usePlace, useWorkspace } from '../../shell/workspace.tsx';
import { TwoStepSignIn } from './two-step-sign-in.tsx';
import { UsageBars } from './usage-bars.tsx';
import { UsageByDay } from './usage-by-day.tsx';

/** What this workspace is, may and has used. */
export function SettingsPage() {
  const { data } = useWorkspace();
  const { workspace } = usePlace();
  if (!data) return null;
  const { name, slug, tier, currency, limits } = data.tenant;
  const own = tier === 'PLATINUM';
  return (
    <ContentLayout header={<Header variant="h1">Settings</Header>}>
      <SpaceBetween size="l">
        <Container header={<Header>Workspace</Header>}>
          <KeyValuePairs
            columns={3}
            items={[
              { label: 'Company', value: name },
              { label: 'Workspace', value: slug },
              { label: 'Tier', value: formatEnum(tier) },
              { label: 'Currency', value: currency },
              { label: 'Deployment', value: own ? 'A stack of its own' : 'Shared with other companies' },
              { label: 'Region', value: workspace.routing.region },
            ]}
          />
        </Container>
        <Container
          header={<Header description="Requests of all your people together; days and months are UTC’s.">Usage</Header>}
        >
          <UsageBars />
        </Container>
        <UsageByDay />
        <Container header={<Header description="What your tier allows; a larger tier allows more.">Limits</Header>}>
          <KeyValuePairs
            columns={4}
            items={[
              { label: 'Requests a second', value: formatNumber(limits.requestsPerSecond) },
              { label: 'At once', value: formatNumber(limits.burst) },
              { label: 'Requests a day', value: formatNumber(limits.requestsPerDay) },
              { label: 'Requests a month', value: formatNumber(limits.requestsPerMonth) },
            ]}
          />
        </Container>
        <TwoStepSignIn email={data.me.email} />
      </SpaceBetween>
    </ContentLayout>
  );
}
