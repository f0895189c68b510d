import Box from '@cloudscape-design/components/box';
import { Dialog } from '../../shell/dialog.tsx';
import type { Operation } from './fetcher.ts';
import type { Target } from './target.ts';
import './console.css';

export interface ConfirmMutationProps {
  readonly mutation: Operation;
  readonly target: Target;
  onAnswer(isSure: boolean): void;
}

/** A mutation changes real data: it is shown once more before it is sent. */
export function ConfirmMutation({ mutation, target, onAnswer }: ConfirmMutationProps) {
  return (
    <Dialog title="Send this mutation?" submit="Send" onSubmit={() => onAnswer(true)} onClose={() => onAnswer(false)}>
      <Box>
        {target.label} ({target.description})
      </Box>
      <pre className="console-mutation" tabIndex={0} aria-label="The mutation">
        {mutation.text}
        {Object.keys(mutation.variables).length > 0 && `\n\n${JSON.stringify(mutation.variables, null, 2)}`}
      </pre>
    </Dialog>
  );
}
