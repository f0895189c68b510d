import appsync from '@aws-appsync/eslint-plugin';
import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What a folder may not import, and why. Imports point one way; docs/architecture.md shows them. */
const direction = (files, forbidden, message) => ({
  files,
  ignores: ['**/*.test.ts', '**/testing/**'],
  rules: { 'no-restricted-imports': ['error', { patterns: forbidden.map((regex) => ({ regex, message })) }] },
});

export default defineConfig(
  { ignores: ['node_modules', '.local', 'cdk.out', 'generated', 'coverage', 'test/types'] },
  eslint.configs.recommended,
  tseslint.configs.strict,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
    },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },

  // APPSYNC_JS, as AWS's own plugin sees it; the bundles are checked once more at synth.
  {
    ...appsync.configs.recommended,
    files: ['resolvers/lib/**/*.ts', 'resolvers/control-plane/**/*.ts', 'resolvers/application/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: {
      ...appsync.configs.recommended.rules,
      // It takes `items.map(…)` of a readonly array for a call of our own; the check at synth tells the two apart.
      '@aws-appsync/no-function-passing': 'off',
    },
  },

  {
    files: ['resolvers/application/**/*.ts', 'resolvers/lib/{commerce,gate,people}/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**', 'resolvers/lib/people/invokeUsers.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "Property[key.name='operation']",
          message:
            'Requests on tenants’ data are made in resolvers/lib/dynamodb.ts, which takes keys of tenantKey.ts alone.',
        },
        {
          selector:
            'SpreadElement > CallExpression[callee.name=/^(getItem|putItem|updateItem|deleteItem|queryPartition|batchGetItems|transact(Put|Update|Delete|Write))$/]',
          message: 'A request is answered as resolvers/lib/dynamodb.ts has made it, with the key that it was given.',
        },
        {
          selector: "CallExpression[callee.name='queryPartition'] > ObjectExpression > SpreadElement",
          message: 'What a query reads is spelled: what is spread may have another partition.',
        },
        {
          selector:
            'AssignmentExpression > MemberExpression.left[property.name=/^(operation|key|query|tables|transactItems)$/]',
          message: 'A request is answered as resolvers/lib/dynamodb.ts has made it, with the key that it was given.',
        },
        {
          selector: "ImportDeclaration[source.value='@aws-appsync/utils/dynamodb']",
          message: 'AWS’s own helpers take any key; resolvers/lib/dynamodb.ts takes keys of tenantKey.ts alone.',
        },
        {
          selector:
            ":matches(MemberExpression[property.name='identity'], ObjectPattern > Property[key.name='identity'])",
          message: 'Whose tenant it is, resolvers/lib/tenantKey.ts says.',
        },
      ],
    },
  },

  direction(
    ['resolvers/**/*.ts'],
    [
      '^(?!@aws-appsync/utils|\\./|\\.\\./(\\.\\./)?(lib/|pipelines\\.ts|generated/|schema/|application/|control-plane/|\\w+\\.ts))',
      'functions/',
      'infra/',
      '^node:',
    ],
    'Resolvers import @aws-appsync/utils, resolvers/lib and what is shared in schema/ only.',
  ),
  direction(
    ['resolvers/lib/**/*.ts'],
    ['/application/', '/control-plane/'],
    'resolvers/lib is below the planes and knows neither.',
  ),
  direction(
    ['functions/**/*.ts'],
    ['/infra/', '/resolvers/', '/apps/'],
    'Functions import functions/layer and what is shared in schema/ only.',
  ),
  direction(
    ['apps/ui/**/*.{ts,tsx}'],
    ['/(infra|functions|resolvers|schema|test)/', '/apps/', '\\.\\./(landing|saas|admin)/', '^node:'],
    'apps/ui is below the apps and knows none; of the rest it knows generated types only.',
  ),
  direction(
    ['apps/landing/**/*.{ts,tsx}'],
    [
      '/(infra|functions|resolvers|schema|test|saas|admin)/',
      '^node:',
      '@cloudscape-design',
      'aws-amplify',
      '@tanstack',
    ],
    'An app imports apps/ui and generated types, and no other app; the landing page is light: plain React and one style sheet.',
  ),
  direction(
    ['apps/saas/**/*.{ts,tsx}'],
    ['/(infra|functions|resolvers|schema|test|landing|admin)/', '^node:', '^@cloudscape-design/components$'],
    'An app imports apps/ui and generated types, and no other app; Cloudscape by component, so that only what is used is loaded.',
  ),
  direction(
    ['apps/admin/**/*.{ts,tsx}'],
    ['/(infra|functions|resolvers|schema|test|landing|saas)/', '^node:', '^@cloudscape-design/components$'],
    'An app imports apps/ui and generated types, and no other app; Cloudscape by component, so that only what is used is loaded.',
  ),
  direction(
    ['infra/local/**/*.ts'],
    ['/(functions|resolvers|schema|stacks|constructs|apps|generated)/'],
    'The local cloud knows AWS and nothing of what is deployed to it.',
  ),
);
