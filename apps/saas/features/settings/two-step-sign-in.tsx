import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { AuthenticatorSecret } from '../../../ui/components/sign-in/answer-form.tsx';
import { StepForm } from '../../../ui/components/sign-in/step-form.tsx';
import { TextField } from '../../../ui/components/sign-in/text-field.tsx';
import { useNotices } from '../../../ui/react/notices.tsx';
import { usePlace } from '../../shell/workspace.tsx';

/** Sets up an authenticator app, whose code is asked for from the next sign-in on, or does without it again. */
export function TwoStepSignIn({ email }: { readonly email: string }) {
  const { session } = usePlace().workspace;
  const { show } = useNotices();
  const [setUp, setSetUp] = useState<{ readonly secret: string; readonly uri: string }>();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<unknown>();
  const { data: isOn, error, refetch } = useQuery({ queryKey: ['totp', email], queryFn: () => session.usesTotp() });
  const run = (action: () => Promise<void>): void => {
    setProblem(undefined);
    action().catch(setProblem);
  };
  const begin = async (): Promise<void> => setSetUp(await session.beginTotp(email));
  const end = async (): Promise<void> => {
    await session.endTotp();
    await refetch();
    show({ type: 'success', content: 'Your password alone is asked for from the next sign-in on.' });
  };
  const action = isOn ? (
    <Button onClick={() => run(end)}>Turn off</Button>
  ) : (
    <Button disabled={isOn === undefined} onClick={() => run(begin)}>
      Set up
    </Button>
  );
  const failure = problem ?? error;
  return (
    <Container
      header={
        <Header description="A code of your authenticator app, beside your password." actions={!setUp && action}>
          Sign-in in two steps
        </Header>
      }
    >
      <SpaceBetween size="m">
        {failure && <ErrorNotice error={failure} />}
        {!setUp && isOn !== undefined && (
          <StatusIndicator type={isOn ? 'success' : 'stopped'}>{isOn ? 'On' : 'Off'}</StatusIndicator>
        )}
        {setUp && (
          <StepForm
            submit="Confirm"
            other={{ text: 'Cancel', onClick: () => setSetUp(undefined) }}
            check={() => (/^\d{6}$/.test(code.trim()) ? undefined : 'Enter the six digits that your app shows.')}
            onSubmit={async () => {
              await session.confirmTotp(code.trim());
              setSetUp(undefined);
              setCode('');
              await refetch();
              show({ type: 'success', content: 'From the next sign-in on, your code is asked for.' });
            }}
          >
            <AuthenticatorSecret {...setUp} />
            <TextField label="Code" inputMode="numeric" autoComplete="one-time-code" value={code} onChange={setCode} />
          </StepForm>
        )}
      </SpaceBetween>
    </Container>
  );
}
