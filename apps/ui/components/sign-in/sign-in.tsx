import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { type ReactNode, useState } from 'react';
import type { Session } from '../../session/session.ts';
import type { SignInStep } from '../../session/steps.ts';
import { AnswerForm } from './answer-form.tsx';
import { ForgotPasswordForm } from './forgot-password-form.tsx';
import { PasswordForm } from './password-form.tsx';
import './sign-in.css';

export interface SignInProps {
  readonly session: Session;
  readonly title: string;
  /** Where one signs in to. */
  readonly description?: ReactNode;
  /** Below the form: how to go elsewhere. */
  readonly footer?: ReactNode;
  onSignedIn(): void;
}

/** The whole way in: password, new password, authenticator app, forgotten password. */
export function SignIn({ session, title, description, footer, onSignedIn }: SignInProps) {
  const [step, setStep] = useState<SignInStep>();
  const [email, setEmail] = useState('');
  const [forgot, setForgot] = useState(false);
  const [notice, setNotice] = useState<string>();

  const go = (next: SignInStep): void => {
    if (next.kind === 'done') return onSignedIn();
    if (next.kind === 'reset-password') return setForgot(true);
    setStep(next);
  };
  const form = (): ReactNode => {
    if (forgot) {
      return (
        <ForgotPasswordForm
          session={session}
          email={email}
          onBack={() => setForgot(false)}
          onChosen={(address) => {
            setEmail(address);
            setNotice('Your new password is set. Sign in with it.');
            setForgot(false);
          }}
        />
      );
    }
    if (step && step.kind !== 'done' && step.kind !== 'reset-password')
      return <AnswerForm key={step.kind} step={step} session={session} onStep={go} onBack={() => setStep(undefined)} />;
    return (
      <PasswordForm
        session={session}
        email={email}
        notice={notice}
        onEmail={setEmail}
        onStep={go}
        onForgot={() => setForgot(true)}
      />
    );
  };

  return (
    <main className="sign-in">
      <Container
        header={
          <Header variant="h1" description={description}>
            {title}
          </Header>
        }
      >
        {form()}
      </Container>
      {footer && <Box textAlign="center">{footer}</Box>}
    </main>
  );
}
