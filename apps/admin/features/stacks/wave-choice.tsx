import Select from '@cloudscape-design/components/select';
import {
  AuditLogDocument,
  SetTenantWaveDocument,
  type StackFieldsFragment,
  TenantStacksDocument,
} from '../../../../generated/documents/admin/graphql.ts';
import { formatEnum } from '../../../ui/formats/number.ts';
import { useApi } from '../../../ui/react/api.tsx';
import { useOperator } from '../../shell/operator.tsx';
import { useChange } from '../../shell/use-change.ts';

type Wave = StackFieldsFragment['wave'];

const ofSilos: readonly Wave[] = ['CANARY', 'EARLY', 'REST'];
const options = ofSilos.map((value) => ({ value, label: formatEnum(value) }));

/** When a rollout comes to this stack; the pool's place is fixed. */
export function WaveChoice({ stack: { tenantId, stackName, wave } }: { readonly stack: StackFieldsFragment }) {
  const { mayChange } = useOperator();
  const { graphql } = useApi();
  const { busy, change } = useChange();
  if (tenantId === 'pooled' || !mayChange) return formatEnum(wave);
  const choose = (chosen: Wave | undefined): void => {
    if (!chosen || chosen === wave) return;
    void change({
      run: async () =>
        (await graphql.request(SetTenantWaveDocument, { input: { tenantId, wave: chosen } })).setTenantWave.userErrors,
      done: `Rollouts come to ${stackName} in the wave ${formatEnum(chosen)}.`,
      touches: [TenantStacksDocument, AuditLogDocument],
    });
  };
  return (
    <Select
      ariaLabel="Wave of rollouts"
      disabled={busy}
      options={options}
      selectedOption={options.find(({ value }) => value === wave) ?? null}
      onChange={({ detail }) => choose(ofSilos.find((each) => each === detail.selectedOption.value))}
    />
  );
}
