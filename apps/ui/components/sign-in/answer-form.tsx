import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Link from '@cloudscape-design/components/link';
import { useState } from 'react';
import type { Session } from '../../session/session.ts';
import type { SignInStep } from '../../session/steps.ts';
import { StepForm } from './step-form.tsx';
import { TextField } from './text-field.tsx';

type Asked = Exclude<SignInStep, { kind: 'done' } | { kind: 'reset-password' }>;

export interface AnswerFormProps {
  readonly step: Asked;
  readonly session: Session;
  onStep(step: SignInStep): void;
  onBack(): void;
}

export const passwordHint = 'At least 10 characters, with an upper-case and a lower-case letter, a digit and a symbol.';

/** What Cognito asks for after the password: another password, or a code. */
export function AnswerForm({ step, session, onStep, onBack }: AnswerFormProps) {
  const [answer, setAnswer] = useState('');
  const asksPassword = step.kind === 'new-password';
  return (
    <StepForm
      submit={asksPassword ? 'Set password' : 'Confirm'}
      other={{ text: 'Back', onClick: onBack }}
      check={() => (answer === '' ? (asksPassword ? 'Choose a password.' : 'Enter the code.') : undefined)}
      onSubmit={async () => onStep(await session.answer(answer.trim()))}
    >
      {step.kind === 'set-up-code' && <AuthenticatorSecret secret={step.secret} uri={step.uri} />}
      {asksPassword ? (
        <TextField
          label="New password"
          hint={passwordHint}
          type="password"
          autoComplete="new-password"
          autoFocus
          value={answer}
          onChange={setAnswer}
        />
      ) : (
        <TextField
          label="Code of your authenticator app"
          hint="Six digits."
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          value={answer}
          onChange={setAnswer}
        />
      )}
    </StepForm>
  );
}

/** What to enter in an authenticator app, or to open in the one on this device. */
export function AuthenticatorSecret({ secret, uri }: { readonly secret: string; readonly uri: string }) {
  return (
    <Box variant="p">
      Enter this key in your authenticator app, or <Link href={uri}>open it in the app on this device</Link>:{' '}
      <CopyToClipboard
        variant="inline"
        textToCopy={secret}
        copyButtonAriaLabel="Copy the key"
        copySuccessText="Copied"
        copyErrorText="Could not be copied"
      />
    </Box>
  );
}
