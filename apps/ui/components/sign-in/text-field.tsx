import FormField from '@cloudscape-design/components/form-field';
import Input, { type InputProps } from '@cloudscape-design/components/input';

export interface TextFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly type?: InputProps.Type;
  /** What browsers and password managers fill in. */
  readonly autoComplete: string;
  readonly inputMode?: InputProps.InputMode;
  readonly autoFocus?: boolean;
  readonly value: string;
  onChange(value: string): void;
}

export function TextField({ label, hint, type = 'text', onChange, ...rest }: TextFieldProps) {
  return (
    <FormField label={label} constraintText={hint}>
      <Input type={type} onChange={({ detail }) => onChange(detail.value)} {...rest} />
    </FormField>
  );
}
