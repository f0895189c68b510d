import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { useState } from 'react';
import { type ProductFieldsFragment, ProductsDocument } from '../../../../generated/documents/saas/graphql.ts';
import { formatMoney } from '../../../ui/formats/money.ts';
import { explain } from '../../../ui/graphql/explain.ts';
import { usePages } from '../../../ui/react/pages.ts';

export interface ProductSelectProps {
  readonly label: string;
  readonly selected: ProductFieldsFragment | undefined;
  /** Ids that cannot be chosen. */
  readonly taken: readonly string[];
  readonly currency: string;
  onSelect(product: ProductFieldsFragment): void;
}

/** One product of all there are: by name, or by scrolling on. */
export function ProductSelect({ label, selected, taken, currency, onSelect }: ProductSelectProps) {
  const [search, setSearch] = useState('');
  const list = usePages(
    ProductsDocument,
    search === '' ? {} : { filter: { nameContains: search } },
    ({ products }) => products,
  );
  const optionOf = ({ id, name, price, stock }: ProductFieldsFragment): SelectProps.Option => ({
    value: id,
    label: name,
    description: `${formatMoney(price, currency)} · ${stock === 0 ? 'sold out' : `${stock} in stock`}`,
    disabled: stock === 0 || taken.includes(id),
  });
  const load = ({ filteringText, firstPage, samePage }: SelectProps.LoadItemsDetail): void => {
    if (samePage) list.retry();
    else if (filteringText !== search) setSearch(filteringText);
    else if (list.hasMore && (!firstPage || list.items.length === 0)) list.more();
  };
  return (
    <Select
      ariaLabel={label}
      placeholder="Choose a product"
      filteringType="manual"
      filteringAriaLabel="Find a product"
      filteringPlaceholder="Find by name"
      selectedOption={selected ? optionOf(selected) : null}
      options={list.items.map(optionOf)}
      statusType={list.error ? 'error' : list.fetching ? 'loading' : list.hasMore ? 'pending' : 'finished'}
      loadingText="Reading your products"
      errorText={list.error ? explain(list.error).title : ''}
      recoveryText="Try again"
      empty={`No product’s name has “${search}” in it.`}
      onLoadItems={({ detail }) => load(detail)}
      onChange={({ detail }) => {
        const chosen = list.items.find(({ id }) => id === detail.selectedOption.value);
        if (chosen) onSelect(chosen);
      }}
    />
  );
}
