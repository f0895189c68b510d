import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { FormEvent, ReactNode } from 'react';
import { useFirstFocus } from '../../ui/react/first-focus.ts';

export interface DialogProps {
  readonly title: string;
  /** On the button that does it. */
  readonly submit: string;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly children: ReactNode;
  onSubmit(): void;
  onClose(): void;
}

/** Asks for what an action needs, and says what it will do. Enter in a field does it. */
export function Dialog({ title, submit, busy = false, disabled = false, children, onSubmit, onClose }: DialogProps) {
  const form = useFirstFocus<HTMLFormElement>();
  const send = (event?: FormEvent): void => {
    event?.preventDefault();
    if (!busy && !disabled) onSubmit();
  };
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} disabled={disabled} onClick={() => send()}>
              {submit}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form ref={form} onSubmit={send} noValidate>
        <SpaceBetween size="m">{children}</SpaceBetween>
        <button type="submit" hidden />
      </form>
    </Modal>
  );
}
