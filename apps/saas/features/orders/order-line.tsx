import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Grid from '@cloudscape-design/components/grid';
import Input from '@cloudscape-design/components/input';
import type { ProductFieldsFragment } from '../../../../generated/documents/saas/graphql.ts';
import { formatMoney } from '../../../ui/formats/money.ts';
import { ProductSelect } from './product-select.tsx';

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
  /** The chosen one, as it is now. */
  readonly product: ProductFieldsFragment | undefined;
  /** Products of other lines: one line a product. */
  readonly taken: readonly string[];
  readonly currency: string;
  readonly problem: string | undefined;
  onChange(line: Line): void;
  onSelect(product: ProductFieldsFragment): void;
  readonly onRemove: (() => void) | undefined;
}

export function OrderLine({ place, line, product, taken, currency, problem, ...on }: OrderLineProps) {
  const { onChange, onSelect, onRemove } = on;
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
        <ProductSelect
          label={`Product ${place + 1}`}
          selected={product}
          taken={taken}
          currency={currency}
          onSelect={onSelect}
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
