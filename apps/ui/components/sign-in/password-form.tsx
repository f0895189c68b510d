import Alert from '@cloudscape-design/components/alert';
import { useState } from 'react';
import type { Session } from '../../session/session.ts';
import type { SignInStep } from '../../session/steps.ts';
import { StepForm } from './step-form.tsx';
import { TextField } from './text-field.tsx';

export interface PasswordFormProps {
  readonly session: Session;
  readonly email: string;
  readonly notice: string | undefined;
  onEmail(email: string): void;
  onStep(step: SignInStep): void;
  onForgot(): void;
}

export function PasswordForm({ session, email, notice, onEmail, onStep, onForgot }: PasswordFormProps) {
  const [password, setPassword] = useState('');
  return (
    <StepForm
      submit="Sign in"
      other={{ text: 'Forgot your password?', onClick: onForgot }}
      check={() => (email.includes('@') && password !== '' ? undefined : 'Enter your e-mail address and password.')}
      onSubmit={async () => onStep(await session.signIn(email.trim(), password))}
    >
      {notice !== undefined && <Alert type="success">{notice}</Alert>}
      <TextField
        label="E-mail address"
        type="email"
        autoComplete="username"
        autoFocus
        value={email}
        onChange={onEmail}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
    </StepForm>
  );
}
