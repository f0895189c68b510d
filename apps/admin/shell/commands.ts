export interface Command {
  readonly id: string;
  readonly name: string;
  /** `Page`, `Tenant`, `Action`. */
  readonly kind: string;
  run(): void;
}

/** Those that have every word of the text in their name or kind; names that begin with it come first. */
export function matching(commands: readonly Command[], text: string): Command[] {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/);
  const rank = ({ name }: Command): number => (name.toLowerCase().startsWith(wanted) ? 0 : 1);
  return commands
    .filter(({ name, kind }) => {
      const said = `${name} ${kind}`.toLowerCase();
      return words.every((word) => said.includes(word));
    })
    .sort((one, other) => rank(one) - rank(other));
}
