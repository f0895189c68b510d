/** The words and signs of an expression. A path is split at its dots and brackets. */
export function tokensOf(expression: string): string[] {
  return expression.match(/[#:]?[A-Za-z0-9_]+|<>|<=|>=|[^\s]/g) ?? [];
}
