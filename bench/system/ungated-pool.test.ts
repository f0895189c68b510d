import { describe, expect, it } from 'vitest';
import { withoutGate } from './ungated-pool.ts';

const step = (name: string) => ({ 'Fn::GetAtt': [name, 'FunctionId'] });
const resolver = (FieldName: string, ...steps: string[]) => ({
  Type: 'AWS::AppSync::Resolver',
  Properties: { FieldName, PipelineConfig: { Functions: steps.map(step) } },
});
const template = {
  Parameters: {},
  Resources: {
    Product: resolver(
      'product',
      'ApplicationResolversStepsgatechargeIdle',
      'ApplicationResolversStepsgatechargeBusy',
      'ApplicationResolversStepsgatecountRefusal',
      'Read',
    ),
    Me: resolver('me', 'ApplicationResolversStepsgatechargeIdle', 'Read'),
    Bare: resolver('bare', 'Read'),
  },
};

describe('a template without the gate before one field', () => {
  it('has that field’s other steps, and all else as it was', () => {
    const ungated = withoutGate(template, 'product');
    expect(ungated.Resources['Product']?.Properties).toEqual({
      FieldName: 'product',
      PipelineConfig: { Functions: [step('Read')] },
    });
    expect({ ...ungated.Resources, Product: undefined }).toEqual({ ...template.Resources, Product: undefined });
  });

  it.each(['bare', 'none'])('is none for a field without it: %s', (field) => {
    expect(() => withoutGate(template, field)).toThrow(`Field ${field} has`);
  });
});
