import { type ReactNode, useId } from 'react';

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly type?: 'text' | 'email';
  readonly autoComplete: string;
  readonly value: string;
  readonly problem: string | undefined;
  /** Below the problem: what would be right. */
  readonly children?: ReactNode;
  onChange(value: string): void;
  onLeave(): void;
}

/** A labelled input with its hint and what is wrong with it, which screen readers are told of. */
export function Field({ name, label, hint, type = 'text', problem, children, onChange, onLeave, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...rest}
        id={id}
        name={name}
        type={type}
        autoCapitalize={name === 'slug' ? 'none' : undefined}
        spellCheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-hint ${id}-problem`}
        onChange={(event) => onChange(event.target.value)}
        // What a message moves must not move away from under a click: a button judges by itself.
        onBlur={({ relatedTarget }) => {
          if (!(relatedTarget instanceof HTMLButtonElement)) onLeave();
        }}
      />
      <div className="message">
        <span className="hint" id={`${id}-hint`}>
          {problem === undefined && hint}
        </span>
        <span className="problem" id={`${id}-problem`} aria-live="polite">
          {problem}
        </span>
      </div>
      {children}
    </div>
  );
}
