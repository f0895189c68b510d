import { Kind, type ValueNode } from 'graphql';

/** A literal as AppSync prints it in its messages: `StringValue{value='test'}`. */
export function describeValue(value: ValueNode): string {
  switch (value.kind) {
    case Kind.OBJECT: {
      const fields = value.fields.map(
        (field) => `ObjectField{name='${field.name.value}', value=${describeValue(field.value)}}`,
      );
      return `ObjectValue{objectFields=[${fields.join(', ')}]}`;
    }
    case Kind.LIST:
      return `ArrayValue{values=[${value.values.map(describeValue).join(', ')}]}`;
    case Kind.VARIABLE:
      return `VariableReference{name='${value.name.value}'}`;
    case Kind.ENUM:
      return `EnumValue{name='${value.value}'}`;
    case Kind.NULL:
      return 'NullValue{}';
    case Kind.STRING:
      return `StringValue{value='${value.value}'}`;
    case Kind.BOOLEAN:
      return `BooleanValue{value=${value.value}}`;
    case Kind.INT:
      return `IntValue{value=${value.value}}`;
    case Kind.FLOAT:
      return `FloatValue{value=${value.value}}`;
  }
}
