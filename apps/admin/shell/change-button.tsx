import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import { readOnlyReason, useOperator } from './operator.tsx';

/** A button for what only system admins may do: others see it, and why it is not theirs. */
export function ChangeButton(props: ButtonProps) {
  const { mayChange } = useOperator();
  return <Button {...props} {...(!mayChange && { disabled: true, disabledReason: readOnlyReason })} />;
}
