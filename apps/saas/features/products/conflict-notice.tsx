import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { formatMoney } from '../../../ui/formats/money.ts';
import { formatEnum } from '../../../ui/formats/number.ts';
import type { Conflict } from './merge.ts';

export interface ConflictNoticeProps {
  readonly conflicts: readonly Conflict[];
  readonly currency: string;
  onTakeTheirs(conflict: Conflict): void;
}

/** Someone else saved meanwhile: what they made of it, beside what is in the form. */
export function ConflictNotice({ conflicts, currency, onTakeTheirs }: ConflictNoticeProps) {
  const show = ({ field }: Conflict, value: Conflict['mine']): string =>
    field === 'price' ? formatMoney(Number(value), currency) : value === null ? 'none' : String(value);
  return (
    <Alert type="warning" header="Someone else changed this product meanwhile">
      <SpaceBetween size="s">
        <div>
          {conflicts.length === 0
            ? 'Their changes and yours are in the form together now. Check them, then save again.'
            : 'You both changed the following. The form holds yours; save again to keep it.'}
        </div>
        {conflicts.map((conflict) => (
          <div key={conflict.field}>
            <strong>{formatEnum(conflict.field)}</strong>: yours {show(conflict, conflict.mine)}, theirs{' '}
            {show(conflict, conflict.theirs)}{' '}
            <Button variant="inline-link" formAction="none" onClick={() => onTakeTheirs(conflict)}>
              Take theirs
            </Button>
          </div>
        ))}
      </SpaceBetween>
    </Alert>
  );
}
