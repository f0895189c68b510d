import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TenantFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';
import { useOperator } from '../../shell/operator.tsx';
import { actionLines, signInLine } from './command-line.ts';

/** The line for a shell that does what each button does. */
export function CommandLines({ tenant }: { readonly tenant: TenantFieldsFragment }) {
  const { config, email } = useOperator();
  const lines = [
    { name: 'Sign in first', line: signInLine(config, email) },
    ...actionLines(config.controlPlane.graphqlUrl, tenant),
  ];
  return (
    <ExpandableSection variant="container" headerText="From a shell" headerDescription="The line for each action">
      <SpaceBetween size="m">
        {lines.map(({ name, line }) => (
          <div key={name}>
            <Box variant="awsui-key-label">{name}</Box>
            <CopyToClipboard
              variant="inline"
              textToCopy={line}
              textToDisplay={line}
              copyButtonAriaLabel={`Copy the line: ${name}`}
              copySuccessText="Copied"
              copyErrorText="The browser did not let it be copied"
            />
          </div>
        ))}
      </SpaceBetween>
    </ExpandableSection>
  );
}
