import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Grid from '@cloudscape-design/components/grid';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import type { ProductFieldsFragment } from '../../../../generated/documents/saas/graphql.ts';
import { formatMoney } from '../../../ui/formats/money.ts';

/** A line as it is typed. */
export interface Line {
  readonly productId: string;
  readonly quantity: string;
}

/** What is wrong with a line, with what is known of its product; undefined where nothing is. */
export function problemOf({ quantity }: Line, product: ProductFieldsFragment | undefined): string | undefined {
  if (!product) return 'Choose a product.';
  if (!/^[1-9]\d{0,4}$/.test(quantity) || Number(quantity) > 10_000) return 'Enter a quantity from 1 to 10,000.';
  if (Number(quantity) > product.stock) return `Only ${product.stock} in stock.`;
  return undefined;
}

export interface OrderLineProps {
  readonly place: number;
  readonly line: Line;
  readonly products: readonly ProductFieldsFragment[];
  /** Products of other lines: one line a product. */
  readonly taken: readonly string[];
  readonly currency: string;
  readonly problem: string | undefined;
  onChange(line: Line): void;
  readonly onRemove: (() => void) | undefined;
}

export function OrderLine({ place, line, products, taken, currency, problem, onChange, onRemove }: OrderLineProps) {
  const product = products.find(({ id }) => id === line.productId);
  const options = products.map(({ id, name, price, stock }) => ({
    value: id,
    label: name,
    description: `${formatMoney(price, currency)} · ${stock === 0 ? 'sold out' : `${stock} in stock`}`,
    disabled: stock === 0 || taken.includes(id),
  }));
  const sum = (product?.price ?? 0) * (Number(line.quantity) || 0);
  return (
    <FormField errorText={problem} stretch>
      <Grid
        gridDefinition={[
          { colspan: { default: 12, xs: 6 } },
          { colspan: { default: 5, xs: 2 } },
          { colspan: { default: 4, xs: 2 } },
          { colspan: { default: 3, xs: 2 } },
        ]}
      >
        <Select
          ariaLabel={`Product ${place + 1}`}
          placeholder="Choose a product"
          filteringType="auto"
          filteringAriaLabel="Find a product"
          selectedOption={options.find(({ value }) => value === line.productId) ?? null}
          options={options}
          onChange={({ detail }) => onChange({ ...line, productId: detail.selectedOption.value ?? '' })}
        />
        <Input
          ariaLabel={`Quantity ${place + 1}`}
          inputMode="numeric"
          value={line.quantity}
          onChange={({ detail }) => onChange({ ...line, quantity: detail.value.trim() })}
        />
        <Box textAlign="right" padding={{ top: 'xxs' }}>
          {formatMoney(sum, currency)}
        </Box>
        {onRemove ? (
          <Button formAction="none" variant="inline-link" ariaLabel={`Remove product ${place + 1}`} onClick={onRemove}>
            Remove
          </Button>
        ) : (
          <span />
        )}
      </Grid>
    </FormField>
  );
}
