import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take a minute or more: begun last, each would run on by itself when all others are done. */
const long = [
  'test/proof/proof.test.ts',
  'test/proof/guards/proof-without-guard.test.ts',
  'test/integration/durability.test.ts',
  'functions/transitions/move/killed.test.ts',
  'resolvers/lib/gate/model.test.ts',
];

/** Vitest takes project by project, and of a clean clone it does not know yet what takes long. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = long.findIndex((file) => moduleId.endsWith(file));
      return found === -1 ? long.length : found;
    };
    // Of equal places, the order stays.
    return (await super.sort(files)).sort((left, right) => place(left) - place(right));
  }
}
