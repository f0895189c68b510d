import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type FormEvent, type ReactNode, useState } from 'react';

export interface StepFormProps {
  readonly children: ReactNode;
  readonly submit: string;
  /** Beside the button: another way. */
  readonly other?: { readonly text: string; onClick(): void };
  /** What is wrong with what was typed, or undefined. */
  check(): string | undefined;
  onSubmit(): Promise<void>;
}

/** One step of signing in: fields, a button, and what went wrong. */
export function StepForm({ children, submit, other, check, onSubmit }: StepFormProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const run = async (): Promise<void> => {
    const found = check();
    setProblem(found);
    if (found !== undefined) return;
    setBusy(true);
    try {
      await onSubmit();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const submitForm = (event: FormEvent): void => {
    event.preventDefault();
    void run();
  };

  return (
    <form onSubmit={submitForm} noValidate>
      <SpaceBetween size="m">
        {problem !== undefined && (
          <div role="alert">
            <Alert type="error">{problem}</Alert>
          </div>
        )}
        {children}
        <SpaceBetween size="xs" direction="horizontal">
          <Button variant="primary" loading={busy} loadingText={submit}>
            {submit}
          </Button>
          {other && (
            <Button variant="link" formAction="none" onClick={other.onClick}>
              {other.text}
            </Button>
          )}
        </SpaceBetween>
      </SpaceBetween>
    </form>
  );
}
