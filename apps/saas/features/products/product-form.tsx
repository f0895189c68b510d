import Button from '@cloudscape-design/components/button';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { FormEvent, ReactNode } from 'react';
import { Controller, useForm } from 'react-hook-form';
import type { ProductFieldsFragment } from '../../../../generated/documents/saas/graphql.ts';
import { parseMoney } from '../../../ui/formats/money.ts';

/** What a person types. */
export interface ProductInput {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly price: string;
  readonly stock: string;
}

/** The same in the API's terms. */
export type ProductValues = Pick<ProductFieldsFragment, 'sku' | 'name' | 'price' | 'stock'> & {
  readonly category: string | null;
};

export interface ProductFormProps {
  readonly initial: ProductInput;
  readonly currency: string;
  readonly submit: string;
  readonly busy: boolean;
  /** What the API refused, by field. */
  readonly problems: Readonly<Record<string, string>>;
  readonly notice?: ReactNode;
  onSubmit(values: ProductValues): void;
  onCancel(): void;
}

interface Field {
  readonly name: keyof ProductInput;
  readonly label: string;
  readonly hint?: string;
  readonly inputMode?: InputProps.InputMode;
  check(text: string, currency: string): string | true;
}

const required = (label: string) => (text: string) => text.trim() !== '' || `Enter ${label}.`;
const fields: readonly Field[] = [
  { name: 'name', label: 'Name', check: required('a name') },
  { name: 'sku', label: 'SKU', hint: 'Your own number for it.', check: required('a SKU') },
  { name: 'category', label: 'Category', hint: 'Optional.', check: () => true },
  {
    name: 'price',
    label: 'Price',
    inputMode: 'decimal',
    check: (text, currency) => parseMoney(text, currency) !== undefined || 'Enter an amount, for instance 12.50.',
  },
  {
    name: 'stock',
    label: 'Stock',
    inputMode: 'numeric',
    check: (text) => /^\s*\d{1,9}\s*$/.test(text) || 'Enter a whole number, 0 or more.',
  },
];

/** What is sent, once every field is as it should be. */
export function readProduct(input: ProductInput, currency: string): ProductValues {
  return {
    sku: input.sku.trim(),
    name: input.name.trim(),
    category: input.category.trim() === '' ? null : input.category.trim(),
    price: parseMoney(input.price, currency) ?? 0,
    stock: Number(input.stock),
  };
}

export function ProductForm(props: ProductFormProps) {
  const { initial, currency, submit, busy, problems, notice, onSubmit, onCancel } = props;
  const { control, handleSubmit } = useForm<ProductInput>({ values: initial, mode: 'onTouched' });
  const send = (event: FormEvent): void => void handleSubmit((input) => onSubmit(readProduct(input, currency)))(event);
  return (
    <form onSubmit={send} noValidate>
      <Form
        errorText={problems['']}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" variant="link" onClick={onCancel}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} loadingText="Saving">
              {submit}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="m">
          {notice}
          {fields.map(({ name, label, hint, inputMode, check }) => (
            <Controller
              key={name}
              name={name}
              control={control}
              rules={{ validate: (text) => check(text, currency) }}
              render={({ field, fieldState }) => (
                <FormField
                  label={name === 'price' ? `${label} (${currency})` : label}
                  constraintText={hint}
                  errorText={fieldState.error?.message ?? problems[name]}
                >
                  <Input
                    value={field.value}
                    name={name}
                    {...(inputMode && { inputMode })}
                    onBlur={field.onBlur}
                    onChange={({ detail }) => field.onChange(detail.value)}
                  />
                </FormField>
              )}
            />
          ))}
        </SpaceBetween>
      </Form>
    </form>
  );
}
