import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { Dialog } from '../../shell/dialog.tsx';
import { CopyLink } from './copy-link.tsx';
import { examples } from './examples.ts';
import { type EditedOperation, forget, keep, readSaved, type SavedOperation } from './saved.ts';
import type { Target } from './target.ts';

export interface ConsoleControlsProps {
  readonly targets: readonly Target[];
  readonly target: Target;
  onTarget(id: string): void;
  /** Asked to sign a tenant's user in. */
  onGuest(): void;
  onOpen(operation: EditedOperation): void;
  /** What the editor holds now. */
  edited(): EditedOperation;
}

/** Which API is asked, as whom, and the operations that were kept. */
export function ConsoleControls({ targets, target, onTarget, onGuest, onOpen, edited }: ConsoleControlsProps) {
  const [saved, setSaved] = useState(readSaved);
  const [naming, setNaming] = useState<string>();
  const options = targets.map(({ id, label, description }) => ({ value: id, label, description }));
  const save = (): void => {
    if (!naming?.trim()) return;
    setSaved(keep({ ...edited(), name: naming.trim() }));
    setNaming(undefined);
  };
  const item = ({ name }: SavedOperation) => ({ id: name, text: name });
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Select
        ariaLabel="API and person"
        options={options}
        selectedOption={options.find(({ value }) => value === target.id) ?? null}
        onChange={({ detail }) => onTarget(detail.selectedOption.value ?? target.id)}
      />
      <Button onClick={onGuest}>A tenant’s API</Button>
      <ButtonDropdown
        expandToViewport
        items={[
          { text: 'Examples', items: examples[target.api].map(item) },
          ...(saved.length > 0 ? [{ text: 'Yours', items: saved.map(item) }] : []),
        ]}
        onItemClick={({ detail }) => {
          const operation = [...saved, ...examples[target.api]].find(({ name }) => name === detail.id);
          if (operation) onOpen(operation);
        }}
      >
        Open
      </ButtonDropdown>
      <Button onClick={() => setNaming('')}>Save</Button>
      {saved.length > 0 && (
        <ButtonDropdown
          expandToViewport
          items={saved.map(item)}
          onItemClick={({ detail }) => setSaved(forget(detail.id))}
        >
          Delete
        </ButtonDropdown>
      )}
      <CopyLink tenant={target.slug} edited={edited} />
      {naming !== undefined && (
        <Dialog
          title="Save this operation"
          submit="Save"
          disabled={naming.trim() === ''}
          onSubmit={save}
          onClose={() => setNaming(undefined)}
        >
          <FormField label="Name" description="Kept in this browser.">
            <Input value={naming} autoFocus onChange={({ detail }) => setNaming(detail.value)} />
          </FormField>
        </Dialog>
      )}
    </SpaceBetween>
  );
}
