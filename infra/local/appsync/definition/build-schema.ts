import {
  buildASTSchema,
  concatAST,
  isObjectType,
  isScalarType,
  parse,
  validateSchema,
  visit,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { applyScalarRule } from './scalars.ts';
import { appsyncDefinitions, unsupportedDirectives } from './definitions.ts';
import { subscribedMutations } from './subscribe-directive.ts';

const ownDefinitions = parse(appsyncDefinitions, { noLocation: true });

/**
 * An executable schema of an API's definition language text, with AppSync's scalars and directives.
 *
 * @throws Error saying what is wrong with the schema
 */
export function buildSchema(definition: string): GraphQLSchema {
  const document = parse(definition);
  refuseUnsupported(document);
  const schema = buildASTSchema(concatAST([withoutRedefined(document), document]));
  const [error] = validateSchema(schema);
  if (error) throw error;
  for (const type of Object.values(schema.getTypeMap())) {
    if (isScalarType(type)) applyScalarRule(type);
  }
  requireSubscribedMutations(schema);
  return schema;
}

/** Some tools write AppSync's own scalars and directives into the schema: those definitions then hold. */
function withoutRedefined(document: DocumentNode): DocumentNode {
  const names = new Set(
    document.definitions.map((node) => ('name' in node ? `${node.kind} ${node.name?.value ?? ''}` : '')),
  );
  const definitions = ownDefinitions.definitions.filter(
    (node) => !('name' in node) || !names.has(`${node.kind} ${node.name?.value ?? ''}`),
  );
  return { ...ownDefinitions, definitions };
}

function refuseUnsupported(document: DocumentNode): void {
  visit(document, {
    Directive({ name }) {
      if (unsupportedDirectives.has(name.value)) throw new Error(`@${name.value} is not supported by this cloud`);
    },
  });
}

function requireSubscribedMutations(schema: GraphQLSchema): void {
  const subscription = schema.getSubscriptionType();
  const mutations = schema.getMutationType()?.getFields() ?? {};
  if (!isObjectType(subscription)) return;
  for (const field of Object.values(subscription.getFields())) {
    for (const name of subscribedMutations(field)) {
      if (Object.hasOwn(mutations, name)) continue;
      throw new Error(`Subscription.${field.name} subscribes to mutation ${name}, which does not exist`);
    }
  }
}
