import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useState } from 'react';
import { AuthenticatorSecret } from '../../../ui/components/sign-in/answer-form.tsx';
import { StepForm } from '../../../ui/components/sign-in/step-form.tsx';
import { TextField } from '../../../ui/components/sign-in/text-field.tsx';
import { useNotices } from '../../../ui/react/notices.tsx';
import { usePlace } from '../../shell/workspace.tsx';

/** Sets up an authenticator app: from the next sign-in on its code is asked for. */
export function TwoStepSignIn({ email }: { readonly email: string }) {
  const { session } = usePlace().workspace;
  const { show } = useNotices();
  const [setUp, setSetUp] = useState<{ readonly secret: string; readonly uri: string }>();
  const [problem, setProblem] = useState<string>();
  const [code, setCode] = useState('');
  const begin = (): void => {
    session.beginTotp(email).then(setSetUp, (error: unknown) => {
      setProblem(error instanceof Error ? error.message : String(error));
    });
  };
  return (
    <Container
      header={
        <Header
          description="A code of your authenticator app, beside your password."
          actions={!setUp && <Button onClick={begin}>Set up</Button>}
        >
          Sign-in in two steps
        </Header>
      }
    >
      {problem !== undefined && <Alert type="error">{problem}</Alert>}
      {setUp && (
        <StepForm
          submit="Confirm"
          other={{ text: 'Cancel', onClick: () => setSetUp(undefined) }}
          check={() => (/^\d{6}$/.test(code.trim()) ? undefined : 'Enter the six digits that your app shows.')}
          onSubmit={async () => {
            await session.confirmTotp(code.trim());
            setSetUp(undefined);
            show({ type: 'success', content: 'From the next sign-in on, your code is asked for.' });
          }}
        >
          <AuthenticatorSecret {...setUp} />
          <TextField label="Code" inputMode="numeric" autoComplete="one-time-code" value={code} onChange={setCode} />
        </StepForm>
      )}
    </Container>
  );
}
