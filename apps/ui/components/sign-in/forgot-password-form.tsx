import Box from '@cloudscape-design/components/box';
import { useState } from 'react';
import type { Session } from '../../session/session.ts';
import { passwordHint } from './answer-form.tsx';
import { StepForm } from './step-form.tsx';
import { TextField } from './text-field.tsx';

export interface ForgotPasswordFormProps {
  readonly session: Session;
  readonly email: string;
  onBack(): void;
  onChosen(email: string): void;
}

/** First the address, then the code that was sent there, with the new password. */
export function ForgotPasswordForm({ session, email: given, onBack, onChosen }: ForgotPasswordFormProps) {
  const [email, setEmail] = useState(given);
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [sent, setSent] = useState(false);
  const back = { text: 'Back', onClick: onBack };

  if (!sent) {
    return (
      <StepForm
        submit="Send a code"
        other={back}
        check={() => (email.includes('@') ? undefined : 'Enter your e-mail address.')}
        onSubmit={async () => {
          await session.forgotPassword(email.trim());
          setSent(true);
        }}
      >
        <TextField
          label="E-mail address"
          type="email"
          autoComplete="username"
          autoFocus
          value={email}
          onChange={setEmail}
        />
      </StepForm>
    );
  }
  return (
    <StepForm
      submit="Set password"
      other={back}
      check={() => (code !== '' && password !== '' ? undefined : 'Enter the code and a new password.')}
      onSubmit={async () => {
        await session.choosePassword(email.trim(), code.trim(), password);
        onChosen(email.trim());
      }}
    >
      <Box variant="p">If there is an account of that address, a code is on its way there.</Box>
      <TextField
        label="Code"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        value={code}
        onChange={setCode}
      />
      <TextField
        label="New password"
        hint={passwordHint}
        type="password"
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
      />
    </StepForm>
  );
}
