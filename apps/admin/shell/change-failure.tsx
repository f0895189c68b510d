import Alert from '@cloudscape-design/components/alert';
import { ErrorNotice } from '../../ui/components/error-notice.tsx';
import { type ChangeFailure as Failure, textOf } from './use-change.ts';

/** Why what a dialog asks for was not done. */
export function ChangeFailure({ failure }: { readonly failure: Failure | undefined }) {
  if (!failure) return null;
  if ('error' in failure) return <ErrorNotice error={failure.error} />;
  return (
    <div role="alert">
      <Alert type="error">{textOf(failure.problem)}</Alert>
    </div>
  );
}
