import type { AnyNode, Program } from 'acorn';

/** Whether a statement of a module's top level does nothing but declare: nobody can tell whether it was run. */
export function isInert(statement: Program['body'][number]): boolean {
  switch (statement.type) {
    case 'ImportDeclaration':
    case 'FunctionDeclaration':
      return true;
    case 'ExportNamedDeclaration':
      return (
        !statement.declaration || (statement.declaration.type !== 'ClassDeclaration' && isInert(statement.declaration))
      );
    case 'VariableDeclaration':
      return statement.declarations.every(({ id, init }) => id.type === 'Identifier' && (!init || isConstant(init)));
    default:
      return false;
  }
}

/** A value that is written out, without a name or a call in it. */
function isConstant(node: AnyNode): boolean {
  switch (node.type) {
    case 'Literal':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return true;
    case 'UnaryExpression':
      return isConstant(node.argument);
    case 'BinaryExpression':
      return isConstant(node.left) && isConstant(node.right);
    case 'ArrayExpression':
      return node.elements.every((element) => element !== null && isConstant(element));
    case 'ObjectExpression':
      return node.properties.every(
        (property) => property.type === 'Property' && !property.computed && isConstant(property.value),
      );
    default:
      return false;
  }
}
